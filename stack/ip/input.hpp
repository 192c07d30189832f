// The checks an arriving packet must pass before anyone looks at its payload.
#pragma once

#include "stack/ip/drop_reason.hpp"
#include "stack/packet/offload.hpp"
#include "stack/wire/address.hpp"
#include "stack/wire/ipv4.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace stack::ip {

/// A packet that has passed: bounds and header checksum are right. Views the bytes it was made
/// from.
struct inbound {
    std::span<std::byte const> packet;   ///< trimmed to the IP total length
    std::span<std::byte const> payload;  ///< behind the IP header, options skipped
    offload meta;
    address source;
    address destination;
    wire::protocol protocol = wire::protocol::tcp;
    std::uint8_t ttl = 0;
    std::uint8_t ecn = 0;  ///< RFC 3168 5
};

/// Fills `out`, or says why not. `meta` must be sound (tun::is_sound).
drop_reason parse(std::span<std::byte const> packet, offload const& meta, inbound& out);

/// Addresses that must not come from a network (RFC 1122 3.2.1.3, RFC 1812 5.3.7): loopback,
/// multicast, broadcast and 0/8 as source; loopback and 0/8 as destination, and groups, of which
/// this stack joins none. Own addresses are the caller's knowledge.
drop_reason check_martian(address const& source, address const& destination);

/// 127/8 or ::1.
bool is_loopback(address const& candidate);

/// The checksum over pseudo-header, TCP header and payload is right, or vouched for by the
/// metadata.
bool tcp_checksum_is_right(inbound const& packet);

}  // namespace stack::ip
