// Options of a connection that differ from the default, and what obeying them needs to remember.
#pragma once

#include "stack/tcp/connection.hpp"
#include "stack/tcp/option/options.hpp"

#include <cstdint>

namespace stack::tcp {

/// Most connections have none: their idle state stays small.
struct kept_options {
    connection_options wanted;
    instant quiet_since;       ///< the peer's silence counts from here, for keepalive
    instant unanswered_since;  ///< what is unacknowledged waits since, for user_timeout
    instant corked_until = never;
    std::uint8_t probes = 0;  ///< keep-alives without an answer
};

}  // namespace stack::tcp
