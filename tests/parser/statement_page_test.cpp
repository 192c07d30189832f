// The list in tcpplex.profile(5) of what becomes of each statement is what the parser does.
//
// TCPPLEX_WRITE_EXPECTED=1 writes it anew.
#include "parser/statement/table.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace parser::grammar {
namespace {

std::string const page = std::string(TCPPLEX_SOURCE_DIR) + "/man/tcpplex.profile.5";
std::string const first_line = ".\\\" Made by statement_page_test from the parser's table.\n";
std::string const last_line = ".\\\" End of what statement_page_test makes.\n";

std::string fate_of(statement_entry const& entry) {
    if (!entry.reason.empty()) return "refused: " + std::string(entry.reason);
    if (!entry.note.empty())
        return (entry.parse != nullptr ? "checked and noted: " : "noted: ") +
               std::string(entry.note);
    return "carried out";
}

std::string rows_of(std::span<statement_entry const> table) {
    std::string rows;
    for (auto const& entry : table) {
        rows += fmt::format(".It Cm {}\n{}\n", entry.keyword, fate_of(entry));
        if (entry.note.empty()) rows += rows_of(entry.inside);
    }
    return rows;
}

TEST(the_manual_page, says_of_each_statement_what_becomes_of_it) {
    std::ifstream in(page);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    auto const begin = text.find(first_line) + first_line.size();
    auto const end = text.find(last_line);
    ASSERT_NE(end, std::string::npos);
    ASSERT_LE(begin, end);
    std::string const rows = rows_of(all_statements());
    if (std::getenv("TCPPLEX_WRITE_EXPECTED") != nullptr) {
        std::string written = text;
        std::ofstream(page) << written.replace(begin, end - begin, rows);
    }
    EXPECT_EQ(text.substr(begin, end - begin), rows)
        << "run parser_test with TCPPLEX_WRITE_EXPECTED=1";
}

TEST(every_statement, is_carried_out_noted_or_refused) {
    for (auto const& entry : all_statements()) {
        EXPECT_TRUE(entry.parse != nullptr || !entry.note.empty() || !entry.reason.empty())
            << entry.keyword;
        EXPECT_TRUE(entry.note.empty() || entry.reason.empty()) << entry.keyword;
    }
}

}  // namespace
}  // namespace parser::grammar
