#include "operator/language_server/document.hpp"

#include <algorithm>
#include <iterator>

namespace operators::lsp {

namespace {

/// Units of UTF-16 that the character takes whose first byte in UTF-8 this is; 0 for its other
/// bytes.
std::size_t units_of(char c) {
    auto const byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U) return 0;
    return byte >= 0xF0 ? 2 : 1;
}

}  // namespace

document::document(std::string name, std::string text)
    : name_(std::move(name)), text_(std::move(text)), line_starts_{0} {
    for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1))
        line_starts_.push_back(at + 1);
}

std::string_view document::line(std::size_t number) const {
    std::string_view const rest = std::string_view(text_).substr(line_starts_[number]);
    std::string_view text = rest.substr(0, rest.find('\n'));
    if (text.ends_with('\r')) text.remove_suffix(1);
    return text;
}

std::size_t document::offset_of(position at) const {
    if (at.line >= line_starts_.size()) return text_.size();
    std::string_view const in = line(at.line);
    std::size_t units = 0;
    std::size_t byte = 0;
    while (byte < in.size() && (units < at.character || units_of(in[byte]) == 0))
        units += units_of(in[byte++]);
    return line_starts_[at.line] + byte;
}

position document::position_of(std::size_t offset) const {
    auto const after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
    position result{static_cast<std::size_t>(std::distance(line_starts_.begin(), after)) - 1, 0};
    for (std::size_t at = line_starts_[result.line]; at < offset && at < text_.size(); ++at)
        result.character += units_of(text_[at]);
    return result;
}

std::size_t document::offset_of_place(std::size_t line, std::size_t column) const {
    if (line == 0) return 0;
    if (line > line_starts_.size()) return text_.size();
    return std::min(line_starts_[line - 1] + std::max<std::size_t>(column, 1) - 1, text_.size());
}

boost::json::object to_json(position at) {
    return {{"line", at.line}, {"character", at.character}};
}

boost::json::object range_of(document const& in, std::size_t offset, std::size_t length) {
    return {{"start", to_json(in.position_of(offset))},
            {"end", to_json(in.position_of(offset + length))}};
}

}  // namespace operators::lsp
