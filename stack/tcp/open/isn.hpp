// Initial sequence numbers that a stranger cannot guess.
#pragma once

#include "stack/core/siphash.hpp"
#include "stack/core/time.hpp"
#include "stack/tcp/seq.hpp"
#include "stack/wire/endpoint.hpp"

namespace stack::tcp {

/// RFC 6528 3: ISN = M + F(tuple, secret), where M is a clock of 4 microseconds.
seq initial_sequence(siphash_key const& secret, four_tuple const& tuple, instant now);

}  // namespace stack::tcp
