#include "parser/grammar/value.hpp"

#include "parser/suggestion.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parser::grammar {

namespace {

constexpr character_set begins_name("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@#$");
constexpr character_set in_name = begins_name.with("0123456789");
constexpr character_set in_loose_name = in_name.with("_-.");

}  // namespace

std::optional<std::uint32_t> to_number(std::string_view text) {
    if (text.empty()) return std::nullopt;
    std::uint64_t value = 0;
    for (char const c : text) {
        auto const digit = static_cast<unsigned char>(c - '0');
        if (digit > 9) return std::nullopt;
        value = value * 10 + digit;
        if (value > ~std::uint32_t{0}) return std::nullopt;
    }
    return static_cast<std::uint32_t>(value);
}

std::optional<std::uint32_t> to_size(std::string_view text) {
    if (text.empty()) return std::nullopt;
    char const unit = upper(text.back());
    unsigned const shift = unit == 'K' ? 10 : unit == 'M' ? 20 : 0;
    if (shift != 0) text.remove_suffix(1);
    auto const value = to_number(text);
    if (!value || *value > (~std::uint32_t{0} >> shift)) return std::nullopt;
    return *value << shift;
}

std::optional<address_length> to_address_length(std::string_view text) {
    std::size_t const slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    auto const address = parse_ip_address(text.substr(0, slash));
    auto const length = to_number(text.substr(slash + 1));
    if (!address || !length || *length > address->bits()) return std::nullopt;
    return address_length{*address, static_cast<std::uint8_t>(*length)};
}

bool is_name(std::string_view text, std::size_t longest, bool loose) {
    character_set const& allowed = loose ? in_loose_name : in_name;
    return !text.empty() && text.size() <= longest && begins_name.has(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return allowed.has(c); });
}

std::optional<std::string> to_name(std::string_view text, std::size_t longest, bool loose) {
    if (!is_name(text, longest, loose)) return std::nullopt;
    return full_word(text);
}

bool is_job(std::string_view text) {
    if (text == "*") return true;
    bool const generic = text.ends_with('*');
    if (generic) text.remove_suffix(1);
    return is_name(text, generic ? 7 : 8, false);
}

std::optional<std::string> to_job(std::string_view text) {
    if (!is_job(text)) return std::nullopt;
    return full_word(text);
}

std::string describe_number(std::string_view what, std::uint32_t least, std::uint32_t most) {
    return fmt::format("{} ({} to {})", what, least, most);
}

}  // namespace parser::grammar
