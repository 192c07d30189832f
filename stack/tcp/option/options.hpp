// What a user may ask of one connection, or of all that a listener takes.
#pragma once

#include "stack/core/time.hpp"
#include "stack/tcp/congestion/congestion.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

/// Zero or nothing: as the settings say. A connection that a listener takes begins with the
/// listener's.
struct connection_options {
    bool no_delay = false;   ///< TCP_NODELAY: small segments wait for nothing (RFC 9293 3.7.4)
    bool cork = false;       ///< TCP_CORK: less than a full segment waits, limits::cork at most
    bool quick_ack = false;  ///< TCP_QUICKACK: no acknowledgement is delayed
    bool keepalive = false;  ///< SO_KEEPALIVE (RFC 9293 3.8.4)
    congestion_algorithm congestion = congestion_algorithm::cubic;  ///< TCP_CONGESTION
    std::uint8_t keepalive_probes = 0;  ///< TCP_KEEPCNT: unanswered ones that end the connection
    std::uint16_t max_segment = 0;      ///< TCP_MAXSEG: bytes offered and sent; before the SYN only
    std::uint32_t send_buffer = 0;      ///< SO_SNDBUF: bytes, at most the settings' maximum
    std::uint32_t receive_buffer = 0;   ///< SO_RCVBUF, as above; no longer tuned
    duration keepalive_idle{};          ///< TCP_KEEPIDLE: silence before the first probe
    duration keepalive_interval{};      ///< TCP_KEEPINTVL: between probes
    /// TCP_USER_TIMEOUT: how long what was sent may stay unacknowledged (RFC 5482 3).
    duration user_timeout{};
    /// SO_LINGER: how long close() goes on in order before it resets; zero: it resets at once.
    std::optional<duration> linger = {};

    friend bool operator==(connection_options const&, connection_options const&) = default;
};

}  // namespace stack::tcp
