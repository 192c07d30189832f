// What the client can do. Each mode prints one line of JSON, whose "value" is its figure.
#pragma once

#include "arguments.hpp"

namespace peers {

/// Streams to a discard service over conns= connections. Gigabits a second that were acknowledged.
void bulk_send(arguments const& asked);
/// Reads from a chargen service. Gigabits a second read.
void bulk_receive(arguments const& asked);
/// conns= connections to an echo service, on each a request of size= bytes under way. Requests
/// answered a second.
void ping_pong(arguments const& asked);
/// Opens connections and closes them first, conns= under way, so that TIME_WAIT stays here; with
/// passive=1 the peer closes first. Cycles a second.
void connect_rate(arguments const& asked);
/// Takes the connections that the stack opens to port=, and closes them first. Cycles a second.
void accept_rate(arguments const& asked);
/// Holds conns= idle connections to an echo service: memory of each, and echoes a second on random
/// ones.
void hold_idle(arguments const& asked);
/// Echo, discard and chargen on kernel sockets for secs=, in procs= processes: the baseline, and
/// what is behind a proxy.
void serve(arguments const& asked);

}  // namespace peers
