// What neighbours on an Ethernet link ask and are told about an IP address: ARP for IPv4 (RFC 826,
// RFC 5227), neighbour discovery for IPv6 (RFC 4861). Bytes only; packet_socket.hpp carries them.
#pragma once

#include "stack/wire/address.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace tcpplexd {

using ethernet_address = std::array<std::uint8_t, 6>;

inline constexpr ethernet_address ethernet_broadcast{0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
/// Of ff02::1 (RFC 2464 7).
inline constexpr ethernet_address ethernet_all_nodes{0x33, 0x33, 0, 0, 0, 1};

/// Somebody asks for the Ethernet address of `target`.
struct neighbour_question {
    stack::address target;
    /// Unspecified: somebody who wants the address for itself asks whether it is in use
    /// (RFC 5227 2.1.1, RFC 4862 5.4.2).
    stack::address asker;
    ethernet_address asker_ethernet{};  ///< of ARP; zeros else
    friend bool operator==(neighbour_question const&, neighbour_question const&) = default;
};

/// An ARP message without its Ethernet header.
using arp_message = std::array<std::byte, 28>;

/// A request that is no announcement; nothing if `message` is anything else.
std::optional<neighbour_question> read_arp_request(std::span<std::byte const> message);
arp_message arp_reply(neighbour_question const& asked, ethernet_address const& ours);
/// Tells all that `host` is here (RFC 5227 3); goes to ethernet_broadcast.
arp_message arp_announcement(stack::address const& host, ethernet_address const& ours);

/// An IPv6 packet with a neighbour advertisement and its target link-layer address option.
using advertisement = std::array<std::byte, 72>;

/// A solicitation in an IPv6 packet without extension headers that is valid by RFC 4861 7.1.1;
/// nothing if `packet` is anything else.
std::optional<neighbour_question> read_solicitation(std::span<std::byte const> packet);
/// RFC 4861 7.2.4. Goes to the asker, or to ethernet_all_nodes if the asker is unspecified.
advertisement advertisement_for(neighbour_question const& asked, ethernet_address const& ours);
/// Tells all that `host` is here (RFC 4861 7.2.6); goes to ethernet_all_nodes.
advertisement unsolicited_advertisement(stack::address const& host, ethernet_address const& ours);

/// The group that those who ask for `host`, of IPv6, send to (RFC 4291 2.7.1).
stack::address solicited_node_group(stack::address const& host);

}  // namespace tcpplexd
