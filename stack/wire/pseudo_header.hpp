// The pseudo-header that transport checksums cover (RFC 9293 3.1, RFC 8200 8.1).
#pragma once

#include "stack/wire/address.hpp"
#include "stack/wire/checksum.hpp"
#include "stack/wire/protocol.hpp"

#include <cstdint>
#include <span>

namespace stack::wire {

/// The sum so far, to which the transport header and payload are added. `length` is theirs.
inline checksum pseudo_header(address const& source, address const& destination, protocol payload,
                              std::uint16_t length) {
    // The zero bytes in front of a mapped IPv4 address add nothing; its two 0xffff words are 0 in
    // one's complement.
    checksum sum;
    sum.add(std::as_bytes(std::span(source.bytes())));
    sum.add(std::as_bytes(std::span(destination.bytes())));
    sum.add_16(static_cast<std::uint16_t>(payload));
    sum.add_16(length);
    return sum;
}

}  // namespace stack::wire
