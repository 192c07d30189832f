// Initial sequence numbers that a stranger cannot guess.
#pragma once

#include "stack/core/time.hpp"
#include "stack/tcp/open/secrets.hpp"
#include "stack/tcp/seq.hpp"
#include "stack/wire/endpoint.hpp"

namespace stack::tcp {

/// RFC 6528 3: ISN = M + F(tuple, secret), where M is a clock of 4 microseconds.
seq initial_sequence(secrets const& from, four_tuple const& tuple, instant now);

}  // namespace stack::tcp
