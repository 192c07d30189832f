// Offload metadata are untrusted input: believed only if they agree with the packet they came with.
#pragma once

#include "stack/packet/offload.hpp"
#include "stack/tun/vnet_header.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace stack::tun {

/// IP and transport header lengths of a packet that offload may concern: an unfragmented IPv4 or
/// IPv6 packet with TCP or UDP right behind the IP header, all of it there.
struct header_lengths {
    bool v4 = true;
    bool tcp = true;
    std::uint16_t ip = 0;
    std::uint16_t transport = 0;
    std::uint16_t checksum_offset = 0;  ///< of the checksum field in the transport header
};
std::optional<header_lengths> measure_headers(std::span<std::byte const> packet);

/// The metadata in our form, or nothing if they contradict the packet (drop reason bad_offload). A
/// device's "checksum verified" without "needs checksum" is not used: such packets carry a whole
/// checksum and are verified like any other.
std::optional<offload> check_offload(vnet_header const& header, std::span<std::byte const> packet);

/// The same for metadata in our form, from another stack.
bool is_sound(offload const& meta, std::span<std::byte const> packet);

}  // namespace stack::tun
