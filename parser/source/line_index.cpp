#include "parser/source/line_index.hpp"

#include <algorithm>
#include <cstddef>

namespace parser {

namespace {

constexpr std::size_t block_size = 4096;

}  // namespace

line_index::line_index(std::string_view text) {
    marks_.reserve(text.size() / block_size + 1);
    mark line;
    auto const mark_blocks_to = [&](std::size_t last) {
        while (marks_.size() * block_size <= last)
            marks_.push_back(line);
    };
    for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
        mark_blocks_to(at);
        line = {line.number + 1, static_cast<std::uint32_t>(at + 1)};
    }
    mark_blocks_to(text.size());
}

text_line line_index::at(std::string_view text, std::uint32_t offset) const {
    std::size_t const block = offset / block_size;
    std::string_view const before = text.substr(block * block_size, offset - block * block_size);
    auto const lines = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
    text_line result{marks_[block].number + lines, marks_[block].begin, 0};
    if (lines != 0)
        result.begin = static_cast<std::uint32_t>(block * block_size + before.rfind('\n') + 1);

    // The line ends in the block before the first one that begins in a later line.
    auto const later = std::upper_bound(
        marks_.begin(), marks_.end(), result.number,
        [](std::uint32_t number, mark const& each) { return number < each.number; });
    auto const last = static_cast<std::size_t>(later - marks_.begin()) - 1;
    std::size_t const end = text.find('\n', std::max<std::size_t>(offset, last * block_size));
    result.end = static_cast<std::uint32_t>(std::min(end, text.size()));
    return result;
}

}  // namespace parser
