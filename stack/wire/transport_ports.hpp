// The ports at the front of a TCP or UDP header.
#pragma once

#include "stack/core/byte_order.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstddef>
#include <span>

namespace stack::wire {

/// Bytes that must be there; RFC 792 guarantees them in the quote of an ICMP error as well.
inline constexpr std::size_t ports_length = 4;

/// The 4-tuple of a packet as its receiver names it: local is the destination.
constexpr four_tuple received_tuple(address const& source, address const& destination,
                                    std::byte const* transport) {
    return {{destination, load_be16(transport + 2)}, {source, load_be16(transport)}};
}

}  // namespace stack::wire
