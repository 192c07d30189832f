// The line of a place, found from marks every few thousand bytes.
#include "parser/source/line_index.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <random>
#include <string>

namespace parser {
namespace {

/// By looking at all of the text before and behind the place.
text_line line_by_search(std::string const& text, std::size_t offset) {
    text_line result;
    for (std::size_t at = 0; at < offset; ++at) {
        if (text[at] != '\n') continue;
        ++result.number;
        result.begin = static_cast<std::uint32_t>(at + 1);
    }
    std::size_t const end = text.find('\n', offset);
    result.end = static_cast<std::uint32_t>(end == std::string::npos ? text.size() : end);
    return result;
}

void expect_all_places(std::string const& text) {
    line_index const lines(text);
    for (std::size_t at = 0; at <= text.size(); at += at % 4096 < 4000 ? 7 : 1) {
        auto const found = lines.at(text, static_cast<std::uint32_t>(at));
        auto const wanted = line_by_search(text, at);
        ASSERT_EQ(found.number, wanted.number) << at << " of " << text.size();
        ASSERT_EQ(found.begin, wanted.begin) << at << " of " << text.size();
        ASSERT_EQ(found.end, wanted.end) << at << " of " << text.size();
    }
}

TEST(line_index, finds_lines_of_any_length) {
    std::minstd_rand random(20261129);
    for (unsigned const mean : {1U, 40U, 3000U, 20000U}) {
        std::string text;
        while (text.size() < 30000)
            text.append(random() % (2 * mean), 'x') += '\n';
        expect_all_places(text);
    }
}

TEST(line_index, finds_lines_that_end_where_blocks_do) {
    for (std::size_t const length : {4094U, 4095U, 4096U, 8190U, 8191U, 8192U}) {
        expect_all_places(std::string(length, 'x') + "\nlast");
        expect_all_places(std::string(length, 'x') + '\n');
        expect_all_places(std::string(length, 'x'));
        expect_all_places(std::string(length, '\n'));
    }
    expect_all_places("");
}

}  // namespace
}  // namespace parser
