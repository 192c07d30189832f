// IPv4 and IPv6 addresses and networks as the profile language writes them.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parser {

/// An IP address. IPv4 is held in its mapped form ::ffff:a.b.c.d, so comparisons need no case
/// distinction.
struct ip_address {
    std::array<std::uint8_t, 16> bytes{};

    /// From host byte order: v4(0x0a010909) is 10.1.9.9.
    static ip_address v4(std::uint32_t host_order);

    bool is_v4() const;
    /// Host byte order; meaningful only if is_v4().
    std::uint32_t to_v4() const;
    /// 127.0.0.0/8 or ::1.
    bool is_loopback() const;
    /// 32 or 128.
    unsigned bits() const { return is_v4() ? 32 : 128; }
    /// Dotted decimal, or RFC 5952 text.
    std::string to_string() const;

    friend bool operator==(ip_address const&, ip_address const&) = default;
    friend auto operator<=>(ip_address const&, ip_address const&) = default;
};

/// Dotted decimal, leading zeros meaning nothing (`199.005.058.023`), or RFC 4291 text. No prefix
/// length.
std::optional<ip_address> parse_ip_address(std::string_view text);

/// A network: the first `length` bits (of its own family: 0..32 or 0..128) of `network`, whose
/// other bits are zero.
struct ip_prefix {
    ip_address network;
    std::uint8_t length = 0;

    bool contains(ip_address const& candidate) const;
    std::string to_string() const;  ///< "10.1.0.0/16"
    friend bool operator==(ip_prefix const&, ip_prefix const&) = default;
    friend auto operator<=>(ip_prefix const&, ip_prefix const&) = default;
};

/// The network of `length` bits that `host` is in.
ip_prefix network_of(ip_address const& host, std::uint8_t length);

/// The length of a dotted IPv4 mask; nothing if its ones are not contiguous.
std::optional<std::uint8_t> mask_length(ip_address const& mask);
/// The dotted IPv4 mask of `length` ones (0..32).
ip_address mask_of(std::uint8_t length);

}  // namespace parser
