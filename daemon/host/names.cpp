#include "daemon/host/names.hpp"

#include <algorithm>

namespace tcpplexd {
namespace {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_letter_or_national(char c) {
    return (c >= 'A' && c <= 'Z') || c == '@' || c == '#' || c == '$';
}
constexpr bool is_member_character(char c) {
    return is_letter_or_national(c) || is_digit(c);
}

}  // namespace

std::string upper(std::string_view text) {
    std::string folded(text);
    for (char& c : folded)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return folded;
}

std::string lower(std::string_view text) {
    std::string folded(text);
    for (char& c : folded)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return folded;
}

bool is_member_name(std::string_view name) {
    return !name.empty() && name.size() <= 8 && is_letter_or_national(name.front()) &&
           std::all_of(name.begin(), name.end(), is_member_character);
}

bool is_resource_name(std::string_view name) {
    return !name.empty() && name.size() <= 8 && std::all_of(name.begin(), name.end(), [](char c) {
        return is_member_character(c) || c == '-';
    });
}

bool is_symbol_name(std::string_view name) {
    auto const allowed = [](char c) { return is_member_character(c) || c == '_'; };
    return !name.empty() && name.size() <= 17 && is_letter_or_national(name.front()) &&
           std::all_of(name.begin(), name.end(), allowed);
}

bool is_interface_name(std::string_view name) {
    auto const allowed = [](char c) { return c > ' ' && c <= '~' && c != ';'; };
    return !name.empty() && name.size() <= 16 && std::all_of(name.begin(), name.end(), allowed);
}

bool is_device_name(std::string_view name) {
    auto const allowed = [](char c) {
        return c > ' ' && c <= '~' && c != '/' && c != ':' && c != '%';
    };
    return !name.empty() && name.size() <= 15 && name != "." && name != ".." && name != "all" &&
           name != "default" && std::all_of(name.begin(), name.end(), allowed);
}

std::string system_name_of_host(std::string_view host_name) {
    std::string name = upper(host_name.substr(0, host_name.find('.')));
    std::erase_if(name, [](char c) { return !is_member_character(c); });
    if (!name.empty() && is_digit(name.front())) name.insert(0, 1, 'S');
    return name.substr(0, 8);
}

}  // namespace tcpplexd
