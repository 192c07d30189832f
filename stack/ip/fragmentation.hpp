// Datagrams cut to the size of a path.
#pragma once

#include "stack/packet/fragments.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace stack::ip {

/// Takes one fragment; its bytes are valid during the call only.
using fragment_taker = std::function<void(fragments const&)>;

/// Cuts an IPv4 datagram, or a fragment of one, into pieces of at most `mtu` bytes (RFC 791 3.2).
/// `header` is its whole header, with or without options; those not marked to be copied stay with
/// the first piece. Don't Fragment must be clear; the MTU is at least 68 (RFC 791 3.2).
void cut_v4(std::span<std::byte const> header, fragments const& payload, std::uint16_t mtu,
            fragment_taker const& take);

/// Cuts an IPv6 datagram that has no extension headers into pieces of at most `mtu` bytes, at least
/// 1280 (RFC 8200 4.5).
void cut_v6(std::span<std::byte const> header, std::uint32_t identification,
            fragments const& payload, std::uint16_t mtu, fragment_taker const& take);

}  // namespace stack::ip
