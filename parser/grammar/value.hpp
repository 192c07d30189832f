// The values that stand in statements: numbers, sizes, names, addresses, masks.
#pragma once

#include "parser/grammar/word.hpp"
#include "parser/model/ip_address.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parser::grammar {

/// Decimal digits only; nothing if there is anything else or it does not fit.
std::optional<std::uint32_t> to_number(std::string_view text);
/// A number with an optional K (1024) or M attached.
std::optional<std::uint32_t> to_size(std::string_view text);
/// `address/length`, the length valid for the address's family.
struct address_length {
    ip_address address;
    std::uint8_t length = 0;
};
std::optional<address_length> to_address_length(std::string_view text);
/// Up to `longest` letters, digits and @ # $ (and _ - . if `loose`), not a digit first.
bool is_name(std::string_view text, std::size_t longest, bool loose);
/// Such a name in upper case.
std::optional<std::string> to_name(std::string_view text, std::size_t longest, bool loose);
/// A job name: 1-8 letters, digits, @ # $, not a digit first, with an optional * at its end; or *
/// alone.
bool is_job(std::string_view text);
/// Such a name in upper case.
std::optional<std::string> to_job(std::string_view text);

std::string describe_number(std::string_view what, std::uint32_t least, std::uint32_t most);

/// The word that a rule matched, without the blanks after it.
inline std::string_view first_word(std::string_view text) {
    return word_at(text.data(), text.data() + text.size());
}

/// A decimal number from Least to Most.
template <fixed_text What, std::uint32_t Least, std::uint32_t Most>
struct number : word<number<What, Least, Most>> {
    static bool accepts(std::string_view text) {
        auto const value = to_number(text);
        return value && *value >= Least && *value <= Most;
    }
    static std::string describe() { return describe_number(What.view(), Least, Most); }
};

/// A number of bytes from Least to Most, with an optional K or M.
template <fixed_text What, std::uint32_t Least, std::uint32_t Most>
struct size : word<size<What, Least, Most>> {
    static bool accepts(std::string_view text) {
        auto const value = to_size(text);
        return value && *value >= Least && *value <= Most;
    }
    static std::string describe() { return describe_number(What.view(), Least, Most); }
};

/// The name of an interface, link or the like: 1-16 characters.
struct name : word<name> {
    static bool accepts(std::string_view text) { return is_name(text, 16, true); }
    static std::string describe() {
        return "a name (1 to 16 letters, digits, @ # $ _ - ., no digit first)";
    }
};

struct job_name : word<job_name> {
    static bool accepts(std::string_view text) { return is_job(text); }
    static std::string describe() {
        return "a job name (1 to 8 characters, * at its end or alone)";
    }
};

/// Of a device: hexadecimal digits.
struct hexadecimal : word<hexadecimal> {
    static bool accepts(std::string_view text) {
        return text.find_first_not_of("0123456789ABCDEFabcdef") == std::string_view::npos;
    }
    static std::string describe() { return "hexadecimal digits"; }
};

struct mac_address : word<mac_address> {
    static bool accepts(std::string_view text) {
        return text.size() == 12 && hexadecimal::accepts(text);
    }
    static std::string describe() { return "a MAC address (12 hexadecimal digits)"; }
};

/// Half an IPv6 address.
struct interface_id : word<interface_id> {
    static bool accepts(std::string_view text) {
        return parse_ip_address("0:0:0:0:" + std::string(text)).has_value();
    }
    static std::string describe() { return "an interface identifier (a:b:c:d)"; }
};

/// The name of a resource of the security product: 1-8 letters, digits, @ # $ and hyphens.
struct resource_name : word<resource_name> {
    static bool accepts(std::string_view text) {
        return is_name(text, 8, true) && text.find_first_of("_.") == std::string_view::npos;
    }
    static std::string describe() { return "a resource name (1 to 8 characters)"; }
};

struct ipv4 : word<ipv4> {
    static bool accepts(std::string_view text) {
        auto const address = parse_ip_address(text);
        return address && address->is_v4();
    }
    static std::string describe() { return "an IPv4 address"; }
};

struct ipv6 : word<ipv6> {
    static bool accepts(std::string_view text) {
        auto const address = parse_ip_address(text);
        return address && !address->is_v4();
    }
    static std::string describe() { return "an IPv6 address"; }
};

/// An address of either family.
struct any_ip : word<any_ip> {
    static bool accepts(std::string_view text) { return parse_ip_address(text).has_value(); }
    static std::string describe() { return "an IP address"; }
};

/// The name of an IPv6 DVIPA's interface: only the address after it tells it from a misspelt
/// keyword.
struct ipv6_dvipa : word_before<ipv6_dvipa> {
    static bool accepts(std::string_view text, std::string_view next) {
        return name::accepts(text) && is_ipv6(next);
    }
    static bool is_ipv6(std::string_view text) {
        return ipv6::accepts(text.substr(0, text.find('/')));
    }
    static std::string describe() { return "the interface name and address of an IPv6 DVIPA"; }
};

/// address/length.
struct ipv4_length : word<ipv4_length> {
    static bool accepts(std::string_view text) {
        auto const value = to_address_length(text);
        return value && value->address.is_v4();
    }
    static std::string describe() { return "an IPv4 address with a prefix length"; }
};

struct ipv6_length : word<ipv6_length> {
    static bool accepts(std::string_view text) {
        auto const value = to_address_length(text);
        return value && !value->address.is_v4();
    }
    static std::string describe() { return "an IPv6 address with a prefix length"; }
};

/// A dotted mask whose ones are contiguous.
struct mask : word<mask> {
    static bool accepts(std::string_view text) {
        auto const address = parse_ip_address(text);
        auto const length = address ? mask_length(*address) : std::nullopt;
        return length && *length > 0;
    }
    static std::string describe() { return "an address mask (255.255.255.0)"; }
};

}  // namespace parser::grammar
