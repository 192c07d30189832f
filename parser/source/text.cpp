#include "parser/source/text.hpp"

#include "parser/source/printable.hpp"

#include <algorithm>
#include <iterator>

namespace parser {

namespace {

/// Lines longer than this are shown in part: a file may be one line of megabytes with many errors
/// in it.
constexpr std::uint32_t longest_shown = 200;

/// Without the \r before its end.
text_line line_of(source_file const& file, std::uint32_t offset) {
    auto line = file.lines.at(file.text, offset);
    if (line.end > line.begin && file.text[line.end - 1] == '\r') --line.end;
    return line;
}

std::vector<file_line> includers_of(source_text const& source, std::uint32_t file) {
    std::vector<file_line> chain;
    while (file != 0) {
        std::uint32_t const at = source.files[file].include_at;
        file = source.files[file].includer;
        auto const line = line_of(source.files[file], at);
        chain.push_back({source.files[file].name, line.number + 1});
    }
    return chain;
}

}  // namespace

location locate_in_file(source_text const& source, std::uint32_t file, std::uint32_t offset,
                        std::uint32_t length) {
    source_file const& in = source.files[file];
    auto const line = line_of(in, offset);
    std::uint32_t const begin = line.begin;
    std::uint32_t const end = std::max(line.end, offset);
    location result;
    result.file = in.name;
    result.line = line.number + 1;
    result.column = offset - begin + 1;
    result.length = std::min(length, end - offset);
    if (end - begin > longest_shown && offset - begin > longest_shown / 2)
        result.text_begin = offset - begin - longest_shown / 2;
    std::string_view const text = std::string_view(in.text).substr(begin, end - begin);
    result.text = printable(text.substr(result.text_begin, longest_shown));
    result.included_from = includers_of(source, file);
    return result;
}

location source_text::locate(span where) const {
    auto const after = std::upper_bound(
        segments.begin(), segments.end(), where.begin,
        [](std::uint32_t begin, source_segment const& segment) { return begin < segment.begin; });
    if (after == segments.begin()) return locate_in_file(*this, 0, 0, 0);
    source_segment const& segment = *std::prev(after);
    std::uint32_t const into = segment.substituted ? 0 : where.begin - segment.begin;
    return locate_in_file(*this, segment.file, segment.offset + into, where.length);
}

}  // namespace parser
