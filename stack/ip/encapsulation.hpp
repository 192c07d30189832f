// IP packets inside IP packets: IPv4 behind GRE (RFC 2784), IPv6 within IPv6 (RFC 2473).
#pragma once

#include "stack/ip/input.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace stack::ip {

/// The header of GRE without options, of IPv4.
inline constexpr std::size_t gre_length = 4;

/// Bytes in front of a packet of the family: 24 of IPv4, 40 of IPv6.
std::size_t encapsulation_overhead(bool v4);

/// What the header in front of an encapsulated packet says beside its length.
struct tunnel_header {
    address source;
    address destination;
    std::uint8_t ttl = 64;
    std::uint16_t identification = 0;  ///< of IPv4
    bool dont_fragment = true;         ///< of IPv4
};

/// Writes what goes in front of `inner_length` bytes that begin with the IP header `inner`, and
/// returns it: a part of `to`, which has room for encapsulation_overhead(). The ECN field is the
/// inner one's (RFC 6040 4.1), of IPv6 the flow label as well.
std::span<std::byte const> encapsulate(tunnel_header const& outer, std::span<std::byte const> inner,
                                       std::size_t inner_length, std::span<std::byte> to);

/// The packet inside `outer`, which has been opened: its protocol is GRE of IPv4, or IPv6 of IPv6.
/// Congestion that the outer header has met is marked in the inner one (RFC 6040 4.2), which is
/// then a copy in `room`. Nothing if it is none that encapsulate() makes, or is to be dropped.
std::optional<std::span<std::byte const>> decapsulate(inbound const& outer,
                                                      std::vector<std::byte>& room);

}  // namespace stack::ip
