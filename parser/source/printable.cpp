#include "parser/source/printable.hpp"

#include <algorithm>

namespace parser {

namespace {

/// Bytes of the UTF-8 sequence that begins at `at` (RFC 3629 4); 0 if none does.
std::size_t sequence_length(std::string_view text, std::size_t at) {
    auto const byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    auto const tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    unsigned const lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF && tail(1)) return 2;
    bool const overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    bool const outside = (lead == 0xED && byte(1) > 0x9F) || (lead == 0xF4 && byte(1) > 0x8F);
    if (overlong || outside) return 0;
    if (lead >= 0xE0 && lead <= 0xEF && tail(1) && tail(2)) return 3;
    if (lead >= 0xF0 && lead <= 0xF4 && tail(1) && tail(2) && tail(3)) return 4;
    return 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        std::size_t const length = sequence_length(text, at);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

std::string printable(std::string_view text) {
    bool const keep_wide = is_utf8(text);
    std::string result(text);
    std::replace_if(
        result.begin(), result.end(),
        [&](char c) {
            auto const byte = static_cast<unsigned char>(c);
            return byte >= 0x80 ? !keep_wide : (byte < 0x20 && c != '\t') || byte == 0x7F;
        },
        '?');
    return result;
}

std::string shown(std::string_view word) {
    if (word.size() <= 40) return printable(word);
    return printable(word.substr(0, 37)) + "...";
}

}  // namespace parser
