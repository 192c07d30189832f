// The formatter: how statements, blocks, lists and comments are laid out, and that nothing else
// changes.
#include "parser/format/format.hpp"

#include "generated_profile.hpp"
#include "parser/format/token.hpp"
#include "profile_text.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace parser {
namespace {

namespace fs = std::filesystem;

std::string formatted(std::string const& text) {
    return format::format(parse_text(text));
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (auto const& token : format::tokens_of(text))
        words.push_back(token.text);
    return words;
}

std::vector<outline_kind> outline_of(parse_result const& parsed) {
    std::vector<outline_kind> kinds;
    for (auto const& entry : parsed.outline)
        kinds.push_back(entry.kind);
    return kinds;
}

/// What must hold of every text: words and comments stay, they mean the same, and once is enough.
void expect_same_profile(std::string const& text, std::string const& about) {
    auto const before = parse_text(text);
    std::string const once = format::format(before);
    auto const after = parse_text(once);
    // What it was taken for has been converted.
    std::string const& read = before.profile.source->files[0].text;
    EXPECT_EQ(words_of(once), words_of(read)) << about;
    EXPECT_EQ(outline_of(after), outline_of(before)) << about;
    EXPECT_EQ(after.profile.statements.size(), before.profile.statements.size()) << about;
    EXPECT_EQ(apply({}, after.profile, phase::initial).next,
              apply({}, before.profile, phase::initial).next)
        << about;
    EXPECT_EQ(formatted(once), once) << about;
}

TEST(formatting, gives_each_statement_a_line_and_indents_blocks) {
    EXPECT_EQ(formatted("START A START B\n"
                        "   VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.9\n"
                        "VIPADISTRIBUTE 10.1.9.9\n"
                        "PORT 80 DESTIP ALL ENDVIPADYNAMIC STOP A"),
              "START A\n"
              "START B\n"
              "VIPADYNAMIC\n"
              "  VIPADEFINE 255.255.255.255 10.1.9.9\n"
              "  VIPADISTRIBUTE 10.1.9.9\n"
              "    PORT 80 DESTIP ALL\n"
              "ENDVIPADYNAMIC\n"
              "STOP A\n");
}

TEST(formatting, lets_continued_lines_hang_below_the_first_parameter) {
    EXPECT_EQ(formatted("IPCONFIG TTL 5\nMULTIPATH\n\tSOURCEVIPA"),
              "IPCONFIG TTL 5\n         MULTIPATH\n         SOURCEVIPA\n");
    EXPECT_EQ(formatted("IPCONFIG\nTTL 5\n      MULTIPATH"), "IPCONFIG\n  TTL 5\n  MULTIPATH\n");
    EXPECT_EQ(formatted("INTERFACE A\nDEFINE VIRTUAL\nIPADDR 10.2.0.1"),
              "INTERFACE A\n  DEFINE VIRTUAL\n  IPADDR 10.2.0.1\n");
}

TEST(formatting, aligns_the_numbers_and_addresses_of_lists) {
    EXPECT_EQ(formatted("PORT\n7 TCP A\n8080 TCP B ; last\n"),
              "PORT\n     7 TCP A\n  8080 TCP B  ; last\n");
    EXPECT_EQ(formatted("PORT 20 TCP A\n123 UDP RESERVED"),
              "PORT  20 TCP A\n     123 UDP RESERVED\n");
    EXPECT_EQ(formatted("HOME\n10.1.1.1 L1\n10.100.100.100 L2"),
              "HOME\n  10.1.1.1       L1\n  10.100.100.100 L2\n");
}

TEST(formatting, aligns_statements_of_one_line_that_are_alike) {
    EXPECT_EQ(formatted("BEGINROUTES\n"
                        "ROUTE DEFAULT 10.1.1.254 OSA1 MTU 576\n"
                        "; both families\n"
                        "ROUTE DEFAULT6 fe80::1 OSA16 MTU 1500\n"
                        "ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1500 REPL\n"
                        "\n"
                        "ROUTE DEFAULT6 fe80::1 OSA1 MTU 1500 REPL\n"
                        "ENDROUTES\n"),
              "BEGINROUTES\n"
              "  ROUTE DEFAULT  10.1.1.254 OSA1  MTU  576\n"
              "; both families\n"
              "  ROUTE DEFAULT6 fe80::1    OSA16 MTU 1500\n"
              "  ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1500 REPL\n"
              "\n"
              "  ROUTE DEFAULT6 fe80::1 OSA1 MTU 1500 REPL\n"
              "ENDROUTES\n");
}

TEST(formatting, keeps_comments_where_they_stand) {
    EXPECT_EQ(formatted("; margin  \n"
                        "   ; of the block\n"
                        "BEGINROUTES; opened\n"
                        ";ROUTE margin\n"
                        " ; of the route\n"
                        "ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1500;here\n"
                        " ; last\n"
                        "ENDROUTES\n"),
              "; margin\n"
              "; of the block\n"
              "BEGINROUTES                               ; opened\n"
              ";ROUTE margin\n"
              "  ; of the route\n"
              "  ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1500  ;here\n"
              "  ; last\n"
              "ENDROUTES\n");
}

TEST(formatting, aligns_comments_up_to_a_blank_line_with_the_first) {
    EXPECT_EQ(formatted("START A             ; one\nSTOP A ; two\n\n\n\nSTART B ; three"),
              "START A             ; one\nSTOP A              ; two\n\nSTART B  ; three\n");
}

TEST(formatting, leaves_includes_and_symbols_as_they_are) {
    auto const read = memory_reader({{"main", "VIPADYNAMIC\ninclude part\n&E VIPADEL &A ENDVIPAD"},
                                     {"part", "VIPARANGE 255.255.255.0 10.7.0.0\n"}});
    EXPECT_EQ(format::format(parse("main", read, {{"E", ""}, {"A", "10.1.9.9"}})),
              "VIPADYNAMIC\n  include part\n    &E\n  VIPADEL &A\nENDVIPAD\n");
}

TEST(formatting, ends_lines_as_the_first_line_ends) {
    EXPECT_EQ(formatted("START A\r\nSTART B\n"), "START A\r\nSTART B\r\n");
    EXPECT_EQ(formatted("A \"B C\r\nD"), "A \"B C\r\n  D\r\n");
    EXPECT_EQ(formatted(""), "");
    EXPECT_EQ(formatted("\n\n"), "");
}

TEST(formatting, changes_nothing_of_the_samples) {
    for (auto const& file : fs::directory_iterator(std::string(TCPPLEX_SOURCE_DIR) + "/profiles")) {
        if (file.path().extension() != ".profile" && file.path().extension() != ".obey") continue;
        auto const text = *file_reader()(file.path());
        EXPECT_EQ(formatted(text), text) << file.path();
    }
}

TEST(formatting, loses_nothing_of_any_text_of_the_corpus) {
    for (auto const& file :
         fs::directory_iterator(std::string(TCPPLEX_SOURCE_DIR) + "/tests/profiles"))
        if (file.path().extension() == ".profile")
            expect_same_profile(*file_reader()(file.path()), file.path());
}

TEST(formatting, keeps_a_word_out_of_a_quote_that_a_carriage_return_ends) {
    auto const laid_out =
        format::format(parse_text("AUTOLOG FTPD PARMSTRING \"a\r B\nENDAUTOLOG\n"));
    EXPECT_NE(laid_out.find("\"a\n"), std::string::npos) << laid_out;
    EXPECT_EQ(format::format(parse_text(laid_out)), laid_out);
}

TEST(formatting, takes_a_word_after_a_carriage_return_for_the_first_of_its_line) {
    auto const laid_out = format::format(parse_text("HOSTNAME A\n\rDEVIC D8 ATM\n"));
    EXPECT_EQ(format::format(parse_text(laid_out)), laid_out);
}

TEST(formatting, tells_when_its_result_would_be_read_otherwise) {
    EXPECT_TRUE(format::reads_as_it_is("SOMAXCONN 5\n"));
    for (std::string const blanks : {"\t", " ", "\n", "\xEF\xBB\xBF"})
        for (std::string const mark : {"\xEF\xBB\xBF", "\xFE\xFF", "\xFF\xFE"}) {
            auto const laid_out = formatted(blanks + mark + "SOMAXCONN 5");
            EXPECT_FALSE(format::reads_as_it_is(laid_out)) << laid_out;
        }
    // Words in EBCDIC among so many blanks of ASCII that the whole is not taken for it.
    std::string const ebcdic = "\xE2\xD6\xD4\xC1\xE7\xC3\xD6\xD5\xD5";
    auto const laid_out = formatted(std::string(40, ' ') + ebcdic);
    EXPECT_FALSE(format::reads_as_it_is(laid_out));
}

TEST(formatting, loses_nothing_of_generated_profiles_laid_out_by_chance) {
    std::uint32_t const seed = std::random_device()();
    for (std::uint32_t i = 0; i < 100; ++i) {
        std::mt19937 random(seed + i);
        std::string text;
        std::string const profile = generated_profile(seed + i).text();
        for (auto const word : words_of(profile)) {
            static constexpr char const* gaps[] = {" ",      "   ",       "\n",      "\t",
                                                   "\n\n\n", " ; note\n", "\r\n;x\n"};
            text.append(word).append(gaps[random() % std::size(gaps)]);
        }
        expect_same_profile(text, text + "seed " + std::to_string(seed + i));
    }
}

}  // namespace
}  // namespace parser
