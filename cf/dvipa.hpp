// The name under which the facility knows a shared address.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>

namespace cf {

/// A DVIPA as a key: 16 bytes in network order, IPv4 in its mapped form ::ffff:a.b.c.d (RFC 4291
/// 2.5.5.2), so that one DVIPA has one key.
struct dvipa {
    std::array<std::uint8_t, 16> bytes{};

    /// From an IPv4 address in host byte order: v4(0x0a010909) is 10.1.9.9.
    static constexpr dvipa v4(std::uint32_t host_order) {
        return {
            {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, static_cast<std::uint8_t>(host_order >> 24),
             static_cast<std::uint8_t>(host_order >> 16),
             static_cast<std::uint8_t>(host_order >> 8), static_cast<std::uint8_t>(host_order)}};
    }

    /// Dotted decimal, or RFC 5952 text.
    std::string to_string() const;

    friend constexpr bool operator==(dvipa const&, dvipa const&) = default;
    friend constexpr auto operator<=>(dvipa const&, dvipa const&) = default;
};

/// Where a connection from a DVIPA goes.
struct destination {
    std::array<std::uint8_t, 16> host{};  ///< as in dvipa
    std::uint16_t port = 0;

    friend constexpr bool operator==(destination const&, destination const&) = default;
    friend constexpr auto operator<=>(destination const&, destination const&) = default;
};

}  // namespace cf
