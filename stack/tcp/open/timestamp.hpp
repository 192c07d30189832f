// The clock that TCP timestamps show.
#pragma once

#include "stack/core/time.hpp"
#include "stack/tcp/open/secrets.hpp"
#include "stack/tcp/tuple_hash.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstdint>

namespace stack::tcp {

/// RFC 7323 5.4: milliseconds.
inline std::uint32_t timestamp_clock(instant now) {
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count());
}

/// RFC 7323 5.2: as sequence numbers are compared.
inline bool is_older_timestamp(std::uint32_t value, std::uint32_t than) {
    return static_cast<std::int32_t>(value - than) < 0;
}

/// For the age of TS.Recent (RFC 7323 5.5), which counts in days.
inline std::uint32_t timestamp_seconds(instant now) {
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
}

/// RFC 7323 7.1: where the clock of a 4-tuple begins. The same for all connections of the 4-tuple,
/// so that its next one goes on where the last one stopped (RFC 6191); nothing that strangers could
/// compare with another's.
inline std::uint32_t timestamp_offset(secrets const& from, four_tuple const& tuple) {
    return timestamp_clock(instant(from.ahead)) +
           static_cast<std::uint32_t>(hash_of(from.timestamp, tuple));
}

}  // namespace stack::tcp
