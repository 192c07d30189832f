// A run of bytes that left together, and what has become of it.
#pragma once

#include "stack/core/index_list.hpp"
#include "stack/core/time.hpp"
#include "stack/tcp/seq.hpp"

#include <cstdint>

namespace stack::tcp {

/// One record for a super-segment, not one for each segment of it. A FIN counts as a byte.
struct sent_range {
    enum class fate : std::uint8_t {
        in_flight,
        sacked,  ///< the receiver has it, beyond a hole
        lost     ///< it will be sent again
    };

    seq begin;
    seq end;
    instant sent;  ///< for the last time
    fate is = fate::in_flight;
    bool resent = false;      ///< more than once
    bool path_probe = false;  ///< one large segment that has left once; nothing joins it in flight
    index_links links;

    std::uint32_t length() const { return distance(begin, end); }
};

}  // namespace stack::tcp
