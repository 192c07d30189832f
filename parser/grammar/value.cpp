#include "parser/grammar/value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace parser::grammar {

namespace {

bool is_letter_or_national(char c) {
    char const u = upper(c);
    return (u >= 'A' && u <= 'Z') || u == '@' || u == '#' || u == '$';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::optional<std::uint32_t> to_number(std::string_view text) {
    std::uint32_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
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

std::optional<std::string> to_name(std::string_view text, std::size_t longest, bool loose) {
    auto const allowed = [&](char c) {
        return is_letter_or_national(c) || is_digit(c) ||
               (loose && (c == '_' || c == '-' || c == '.'));
    };
    if (text.empty() || text.size() > longest || !is_letter_or_national(text.front()))
        return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), allowed)) return std::nullopt;
    std::string folded(text);
    std::transform(folded.begin(), folded.end(), folded.begin(), upper);
    return folded;
}

std::optional<std::string> to_job(std::string_view text) {
    if (text == "*") return "*";
    bool const generic = !text.empty() && text.back() == '*';
    if (generic) text.remove_suffix(1);
    auto name = to_name(text, generic ? 7 : 8, false);
    if (name && generic) *name += '*';
    return name;
}

std::string describe_number(std::string_view what, std::uint32_t least, std::uint32_t most) {
    return fmt::format("{} ({} to {})", what, least, most);
}

}  // namespace parser::grammar
