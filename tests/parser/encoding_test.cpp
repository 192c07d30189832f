// Profiles in other encodings: EBCDIC by its content, UTF-16 and UTF-8 by their byte-order mark.
#include "parser/source/encoding.hpp"

#include "profile_text.hpp"

namespace parser {
namespace {

/// "SOMAXCONN 5" in code page 1047.
std::string const in_ebcdic = "\xE2\xD6\xD4\xC1\xE7\xC3\xD6\xD5\xD5\x40\xF5";

decoded_text decoded(std::string const& text) {
    auto result = decode(text);
    EXPECT_FALSE(result.has_error());
    return result.has_error() ? decoded_text() : *result;
}

TEST(ebcdic, is_found_by_its_content_and_said_in_a_note) {
    auto const result = parse_text(in_ebcdic);
    EXPECT_EQ(to_text(result.diagnostics), "test: note: taken for EBCDIC, code page 1047\n");
    EXPECT_EQ(result.profile.statements.size(), 1U);
}

TEST(ebcdic, ends_lines_by_nel_or_line_feed) {
    EXPECT_EQ(decoded(in_ebcdic + '\x15' + in_ebcdic + "\x0D\x25").text,
              "SOMAXCONN 5\nSOMAXCONN 5\r\n");
}

TEST(ebcdic, without_line_ends_is_cut_into_records) {
    std::string const record = in_ebcdic + std::string(record_length - in_ebcdic.size(), '\x40');
    auto const two = decoded(record + record);
    std::string const line = "SOMAXCONN 5" + std::string(69, ' ') + '\n';
    EXPECT_EQ(two.text, line + line);
    EXPECT_EQ(two.remark, "taken for EBCDIC, code page 1047, in records of 80 bytes");
    EXPECT_EQ(decoded(record + '\x40').text.find('\n'), std::string::npos);
}

TEST(ebcdic, shows_its_errors_at_their_places) {
    auto const result = parse_text(in_ebcdic + '\x15' + in_ebcdic + in_ebcdic);
    ASSERT_EQ(result.diagnostics.size(), 2U);
    EXPECT_EQ(result.diagnostics[1].where.line, 2U);
    EXPECT_EQ(result.diagnostics[1].where.column, 11U);
    EXPECT_EQ(result.diagnostics[1].where.text, "SOMAXCONN 5SOMAXCONN 5");
}

TEST(ebcdic, in_an_included_file_is_said_with_where_it_is_included) {
    auto const result =
        parse("main", memory_reader({{"main", "INCLUDE part"}, {"part", in_ebcdic}}));
    EXPECT_EQ(to_text(result.diagnostics),
              "part: note: taken for EBCDIC, code page 1047\n"
              "       = included from main:1\n");
}

TEST(other_text, is_not_taken_for_ebcdic) {
    for (std::string const text :
         {"", "; comment @@@@@@@@@@", "; \xE3\x81\x82\xE3\x81\x84\xE3\x81\x86", "5",
          "; Gr\xFC\xDF"
          "e in Latin-1"})
        EXPECT_EQ(decoded(text).remark, "") << text;
}

TEST(a_byte_order_mark, of_utf_8_is_taken_off) {
    auto const result = parse_text("\xEF\xBB\xBFSOMAXCONN x");
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_EQ(result.diagnostics[0].where.column, 11U);
}

TEST(a_byte_order_mark, of_utf_16_says_how_to_read_the_file) {
    using namespace std::string_literals;
    EXPECT_EQ(decoded("\xFE\xFF\0S\0\n"s).text, "S\n");
    EXPECT_EQ(decoded("\xFF\xFES\0\n\0"s).text, "S\n");
    EXPECT_EQ(decoded("\xFF\xFES\0"s).remark, "taken for UTF-16, as its first two bytes say");
    auto const half = parse_text("\xFF\xFES"s);
    ASSERT_EQ(half.diagnostics.size(), 1U);
    EXPECT_NE(half.diagnostics[0].text.find("can't read test"), std::string::npos);
}

TEST(control_z, at_the_end_is_taken_off) {
    EXPECT_EQ(decoded("SOMAXCONN 5\r\n\x1A").text, "SOMAXCONN 5\r\n");
    EXPECT_EQ(decoded(in_ebcdic + "\x15\x3F").text, "SOMAXCONN 5\n");
    EXPECT_FALSE(parse_text("SOMAXCONN 5 \x1A SOMAXCONN 6").ok());
}

}  // namespace
}  // namespace parser
