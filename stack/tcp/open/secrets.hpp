// What numbers of new connections are made from.
#pragma once

#include "stack/core/siphash.hpp"
#include "stack/core/time.hpp"

namespace stack::tcp {

/// Stacks that open connections from one address have the same: a 4-tuple that goes from one to the
/// other then goes on with higher sequence numbers and timestamps, which a peer takes that has it
/// in TIME-WAIT (RFC 6191 2, RFC 9293 3.10.7.4).
struct secrets {
    siphash_key sequence;   ///< RFC 6528 3
    siphash_key timestamp;  ///< RFC 7323 7.1
    duration ahead{};       ///< the clock that all of them have, less the one of instants
};

}  // namespace stack::tcp
