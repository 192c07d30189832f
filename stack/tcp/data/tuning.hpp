// How large a receive buffer a connection needs.
#pragma once

#include "stack/tcp/engine_state.hpp"

namespace stack::tcp {

/// ESTABLISHED: measuring begins.
void start_tuning(connection& c, instant now);
/// The user has read. Once a round trip, the buffer grows to twice what he read in it, so that the
/// window is never what limits the peer ("Dynamic Right-Sizing", Fisk and Feng 2001; as Linux). It
/// never shrinks.
void tune_receive_buffer(engine_state const& s, connection& c, instant now);

}  // namespace stack::tcp
