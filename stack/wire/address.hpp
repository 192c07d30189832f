// IPv4 and IPv6 addresses as one value type.
#pragma once

#include "stack/core/byte_order.hpp"

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stack {

/// An IP address. IPv4 is held in its mapped form ::ffff:a.b.c.d (RFC 4291 2.5.5.2), so equality,
/// order and hashing need no case distinction. The default value is ::, "unspecified"; so is
/// 0.0.0.0 (see is_unspecified).
class address {
  public:
    using bytes_type = std::array<std::uint8_t, 16>;

    constexpr address() = default;
    constexpr explicit address(bytes_type const& bytes) : bytes_(bytes) {}
    /// From its first 64 bits and the others, as numbers.
    constexpr address(std::uint64_t high, std::uint64_t low)
        : bytes_(std::bit_cast<bytes_type>(std::array<std::uint64_t, 2>{
              swap_if_little_endian(high), swap_if_little_endian(low)})) {}
    /// From an IPv4 address in host byte order: v4(0x0a010909) is 10.1.9.9.
    static constexpr address v4(std::uint32_t host_order) { return {0, mapped << 32 | host_order}; }
    static constexpr address any_v4() { return v4(0); }

    /// Dotted decimal or RFC 4291 text; nothing else (no prefix length, no zone).
    static std::optional<address> parse(std::string_view text);

    constexpr bool is_v4() const { return high() == 0 && low() >> 32 == mapped; }
    /// 0.0.0.0 or ::.
    constexpr bool is_unspecified() const {
        return *this == address() || (is_v4() && to_v4() == 0);
    }
    /// The unspecified address of the same family.
    constexpr address any() const { return is_v4() ? any_v4() : address(); }
    /// What comes to `host` comes to a socket with this address: the same one, 0.0.0.0 for IPv4, or
    /// :: for either family.
    constexpr bool covers(address const& host) const {
        return *this == host || *this == address() || (host.is_v4() && *this == any_v4());
    }
    /// Host byte order; meaningful only if is_v4().
    constexpr std::uint32_t to_v4() const { return static_cast<std::uint32_t>(low()); }
    /// 224/4 or ff00::/8.
    constexpr bool is_multicast() const {
        return is_v4() ? bytes_[12] >> 4 == 0xe : bytes_[0] == 0xff;
    }
    /// 127/8 or ::1.
    constexpr bool is_loopback() const {
        return is_v4() ? to_v4() >> 24 == 127 : high() == 0 && low() == 1;
    }
    /// 169.254/16 or fe80::/10.
    constexpr bool is_link_local() const {
        return is_v4() ? bytes_[12] == 169 && bytes_[13] == 254
                       : bytes_[0] == 0xfe && (bytes_[1] & 0xc0U) == 0x80;
    }
    /// The first `length` bits (0 to bits()), the others zero.
    address masked(std::uint8_t length) const;
    constexpr bytes_type const& bytes() const { return bytes_; }
    /// The first 64 bits, and the others, as numbers.
    constexpr std::uint64_t high() const { return word(0); }
    constexpr std::uint64_t low() const { return word(1); }
    /// 32 or 128.
    constexpr unsigned bits() const { return is_v4() ? 32 : 128; }

    /// Dotted decimal, or RFC 5952 text.
    std::string to_string() const;

    // By words: every packet's addresses are compared several times, and with the bytes it would be
    // a call of memcmp each time.
    friend constexpr bool operator==(address const& a, address const& b) {
        return a.high() == b.high() && a.low() == b.low();
    }
    friend constexpr std::strong_ordering operator<=>(address const& a, address const& b) {
        auto const first = a.high() <=> b.high();
        return first != 0 ? first : a.low() <=> b.low();
    }

  private:
    static constexpr std::uint64_t mapped = 0xffff;

    constexpr std::uint64_t word(std::size_t index) const {
        return swap_if_little_endian(std::bit_cast<std::array<std::uint64_t, 2>>(bytes_)[index]);
    }

    bytes_type bytes_{};
};

/// A network: the address's first `length` bits (of its own family: 0..32 or 0..128).
struct prefix {
    address network;
    std::uint8_t length = 0;

    bool contains(address const& candidate) const;
    std::string to_string() const;  ///< "10.1.0.0/16"
    friend constexpr bool operator==(prefix const&, prefix const&) = default;
};

/// The length of a dotted mask given as an address, or nothing if its ones are not contiguous.
std::optional<std::uint8_t> mask_length(address const& mask);

}  // namespace stack
