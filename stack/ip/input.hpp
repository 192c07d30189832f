// The checks an arriving packet must pass before anyone looks at its payload.
#pragma once

#include "stack/ip/drop_reason.hpp"
#include "stack/ip/problem.hpp"
#include "stack/packet/offload.hpp"
#include "stack/wire/address.hpp"
#include "stack/wire/protocol.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace stack::ip {

/// What makes a packet a part of a datagram.
struct fragment_place {
    std::uint32_t identification = 0;
    std::uint32_t offset = 0;  ///< of `payload` in that of the datagram, in bytes
    bool more = false;
};

/// A packet that has passed: bounds and header checksum are right, and the addresses are of the
/// family the version says. Views the bytes it was made from.
struct inbound {
    std::span<std::byte const> packet;   ///< trimmed to the IP total length
    std::span<std::byte const> payload;  ///< behind the IP header and its options, or behind the
                                         ///< IPv6 header; see open()
    offload meta;
    address source;
    address destination;
    wire::protocol protocol = wire::protocol::tcp;  ///< of `payload`
    std::uint8_t ttl = 0;                           ///< or hop limit
    std::uint8_t ecn = 0;                           ///< RFC 3168 5
    std::optional<fragment_place> fragment;         ///< of an IPv6 packet: known after open()
    bool reassembled = false;                       ///< it came in fragments

    bool v4() const { return source.is_v4(); }
    std::size_t header_length() const { return packet.size() - payload.size(); }
};

/// Fills `out`, or says why not. `meta` must be sound (tun::is_sound).
drop_reason parse(std::span<std::byte const> packet, offload const& meta, inbound& out);

/// Why a packet ends, and whether its sender is to be told.
struct refusal {
    drop_reason reason = drop_reason::none;
    std::optional<ip::problem> problem;
};

/// What only the destination of a packet does, and no router: reads IPv6 extension headers (RFC
/// 8200 4). Moves `payload` and `protocol` behind them; of a fragment, behind its fragment header,
/// with `protocol` that of the whole datagram as this fragment has it.
refusal open(inbound& packet);

/// Where the packet says what its payload is: the offset of the Next Header field that names it, of
/// an opened IPv6 packet; of IPv4 that of the protocol field.
std::uint32_t naming_octet(inbound const& packet);

/// The largest packet that will be on the wire, of a super-segment its segments.
std::size_t wire_size(inbound const& packet);
/// Whether a router may cut the packet (RFC 791 2.3, RFC 8200 4.5), or its sender has.
bool may_be_cut(inbound const& packet);

/// Addresses that must not come from a network: loopback, multicast, broadcast and "this network"
/// as source; loopback and "this network" as destination, and groups, of which this stack joins
/// none (RFC 1122 3.2.1.3, RFC 1812 5.3.7, RFC 4291 2.5 and 2.7). Own addresses are the caller's
/// knowledge.
drop_reason check_martian(address const& source, address const& destination);

/// The checksum over pseudo-header, TCP header and payload is right, or vouched for by the
/// metadata.
bool tcp_checksum_is_right(inbound const& packet);

}  // namespace stack::ip
