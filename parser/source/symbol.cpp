#include "parser/source/symbol.hpp"

#include "parser/source/lexical.hpp"

#include <charconv>
#include <optional>

namespace parser {

namespace {

bool in_symbol_name(char c) {
    char const u = upper(c);
    return (u >= 'A' && u <= 'Z') || (u >= '0' && u <= '9') || u == '_' || u == '@' || u == '#' ||
           u == '$';
}

/// `(start:length)`.
struct part {
    int start = 0;
    int length = 0;
    std::size_t size = 0;  ///< of its notation
};

std::optional<part> part_at(std::string_view text) {
    if (!text.starts_with('(')) return std::nullopt;
    part result;
    char const* const end = text.data() + text.size();
    auto const [colon, bad_start] = std::from_chars(text.data() + 1, end, result.start);
    if (bad_start != std::errc() || colon == end || *colon != ':') return std::nullopt;
    auto const [close, bad_length] = std::from_chars(colon + 1, end, result.length);
    if (bad_length != std::errc() || close == end || *close != ')') return std::nullopt;
    result.size = static_cast<std::size_t>(close + 1 - text.data());
    return result;
}

std::optional<std::string_view> take_part(std::string_view text, part const& wanted) {
    auto const size = static_cast<long>(text.size());
    long const begin = wanted.start < 0 ? size + wanted.start : long{wanted.start} - 1;
    if (wanted.start == 0 || wanted.length < 1 || begin < 0 || begin + wanted.length > size)
        return std::nullopt;
    return text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(wanted.length));
}

}  // namespace

substitution substitute(std::string_view text, std::size_t at, symbol_table const& symbols) {
    substitution result;
    result.end = at + 1;
    while (result.end < text.size() && result.name.size() < symbol_name_limit &&
           in_symbol_name(text[result.end]))
        result.name += upper(text[result.end++]);
    auto const found = symbols.find(result.name);
    if (result.name.empty() || found == symbols.end()) return result;
    result.text = found->second;
    result.symbol_size = found->second.size();
    if (auto const wanted = part_at(text.substr(result.end))) {
        result.end += wanted->size;
        auto const taken = take_part(found->second, *wanted);
        result.outcome = symbol_outcome::outside;
        if (!taken) return result;
        result.text = *taken;
    }
    result.outcome = symbol_outcome::replaced;
    // The period that ends a reference is swallowed; a second one stays.
    if (result.end < text.size() && text[result.end] == '.') ++result.end;
    return result;
}

}  // namespace parser
