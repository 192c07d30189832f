// Suggestions for misspelt words.
#include "parser/suggestion.hpp"

#include "profile_text.hpp"

#include <array>

namespace parser {
namespace {

std::vector<std::string_view> const keywords{"VIPADISTribute", "VIPADEFine", "MTU", "PORT",
                                             "SYSPLEXPorts"};

TEST(a_suggestion, is_the_nearest_keyword_or_abbreviation) {
    EXPECT_EQ(suggest("VIPADISTRIBTUE", keywords), "did you mean VIPADISTRIBUTE?");
    EXPECT_EQ(suggest("vipadsit", keywords), "did you mean VIPADISTRIBUTE?");
    EXPECT_EQ(suggest("VPADEF", keywords), "did you mean VIPADEFINE?");
    EXPECT_EQ(suggest("PROT", keywords), "did you mean PORT?");
    EXPECT_EQ(suggest("SYSPLEXPRTS", keywords), "did you mean SYSPLEXPORTS?");
}

TEST(a_suggestion, says_when_an_abbreviation_is_too_short) {
    EXPECT_EQ(suggest("VIPADIS", keywords),
              "VIPADISTRIBUTE can't be abbreviated further than VIPADIST");
    EXPECT_EQ(suggest("POR", keywords), "PORT can't be abbreviated");
}

TEST(a_suggestion, is_not_made_for_what_is_far_from_all) {
    EXPECT_EQ(suggest("ELEPHANT", keywords), "");
    EXPECT_EQ(suggest("X", keywords), "");
    EXPECT_EQ(suggest("", keywords), "");
    EXPECT_EQ(suggest(std::string(100000, 'V'), keywords), "");
}

TEST(an_option_behind_the_values, is_told_its_place) {
    auto const suggestion_for = [](std::string const& statement) {
        auto const result = parse_text("VIPADYNAMIC\n" + statement + "\nENDVIPADYNAMIC");
        return result.diagnostics.empty() ? "" : result.diagnostics.front().suggestion;
    };
    EXPECT_EQ(suggestion_for("VIPADEFINE 255.255.255.0 SYSPLEXPROTS 10.1.1.1"),
              "SYSPLEXPORTS can only stand further ahead in VIPADEFINE");
    EXPECT_EQ(suggestion_for("VIPADEFINE 255.255.255.0 10.1.1.1 SYSPLEXPORTS"),
              "SYSPLEXPORTS can only stand further ahead in VIPADEFINE");
    EXPECT_EQ(suggestion_for("VIPADEFINE MOVEABLE IMMED NOSYSPLEXPORT 255.255.255.0 10.1.1.1"),
              "NOSYSPLEXPORTS can only stand further ahead in VIPADEFINE");
    EXPECT_EQ(suggestion_for("VIPABACKUP 5 MOVE IMMED 255.255.255.0 MOVE 10.1.1.1"),
              "MOVEABLE can only stand further ahead in VIPABACKUP");
    EXPECT_EQ(suggestion_for("VIPARANGE 255.255.255.0 MOVABLE 10.1.1.0"),
              "MOVEABLE can only stand further ahead in VIPARANGE");
    EXPECT_EQ(suggestion_for("VIPADEFINE MOVEABLE IMEDIATE 255.255.255.0 10.1.1.1"),
              "did you mean IMMEDIATE?");
    EXPECT_EQ(suggestion_for("VIPADEFINE 255.255.255.0 ELEPHANT 10.1.1.1"), "");
}

TEST(the_nearest_word, is_at_most_a_third_of_the_letters_away) {
    constexpr std::array<std::string_view, 3> words{"stack", "system", "sysplex"};
    EXPECT_EQ(nearest_word("sytem", words), "system");
    EXPECT_EQ(nearest_word("stak", words), "stack");
    EXPECT_EQ(nearest_word("colour", words), "");
    EXPECT_EQ(nearest_word("sys", words), "");
    EXPECT_EQ(nearest_word(std::string(100, 's'), words), "");
}

}  // namespace
}  // namespace parser
