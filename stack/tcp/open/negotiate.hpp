// What the options of the two SYNs make of a connection.
#pragma once

#include "stack/tcp/segment.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

/// What a peer's SYN says.
struct peer_terms {
    std::uint16_t mss = 0;    ///< its MSS option or the default, not below limits::min_mss
    bool scaling = false;     ///< it has the window scale option
    std::uint8_t wscale = 0;  ///< 0..14
    bool sack = false;
    std::optional<std::uint32_t> timestamp;  ///< TSval
    bool ecn = false;                        ///< an ECN-setup SYN or SYN,ACK (RFC 3168 6.1.1)
};

peer_terms read_terms(segment const& syn, address const& peer);

}  // namespace stack::tcp
