// Suggestions for misspelt words.
#include "parser/suggestion.hpp"

#include <gtest/gtest.h>

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
