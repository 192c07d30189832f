// SYN cookies: a half-open connection kept in the number that its peer acknowledges (RFC 4987 3.6).
#pragma once

#include "stack/core/siphash.hpp"
#include "stack/core/time.hpp"
#include "stack/tcp/seq.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

/// The ISN that says: a SYN with number `irs` and an MSS of about `mss` came at `now`.
///
///       5 bits     3 bits     24 bits
///     | minute | MSS class | keyed hash of all of it, the 4-tuple and irs |
seq make_cookie(siphash_key const& secret, four_tuple const& tuple, seq irs, std::uint16_t mss,
                instant now);
/// The MSS that the cookie was made for, rounded down to a class; nothing if it was not made with
/// this secret for this SYN, or more than two ticks ago.
std::optional<std::uint16_t> read_cookie(siphash_key const& secret, four_tuple const& tuple,
                                         seq irs, seq cookie, instant now);

/// What the cookie has no room for.
struct cookie_terms {
    std::optional<std::uint8_t> wscale;  ///< 0..14; nothing: no scaling
    bool sack = false;
    bool ecn = false;

    friend bool operator==(cookie_terms const&, cookie_terms const&) = default;
};

/// A reading of the clock of timestamps, at most 64 ms before `clock`, in which they stand: the
/// peer echoes it (RFC 7323 3.2) together with the cookie. As Linux does.
///
///       26 bits   1 bit  1 bit        4 bits
///     |  clock  |  ECN | SACK | window scale, 15: none |
std::uint32_t make_stamp(cookie_terms const& terms, std::uint32_t clock);
cookie_terms read_stamp(std::uint32_t stamp);

}  // namespace stack::tcp
