// Opening: active, passive, and the way from half-open to a connection.
#pragma once

#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/option/options.hpp"
#include "stack/tcp/segment.hpp"

#include <cstdint>

namespace stack::tcp {

/// Names what comes to life next.
std::uint32_t next_number(engine_state& s);
/// A connection in SYN-SENT, its SYN owed. The 4-tuple must be free and have a route; opened() is
/// told.
std::uint32_t open_active(engine_state& s, four_tuple const& tuple, std::uint32_t tag,
                          connection_options const& options, instant now);
/// A half-open connection for a SYN that `listener` takes, or a SYN cookie if there are too many;
/// SYN,ACK is sent. `past` is where its
/// sequence numbers must not begin before, if the 4-tuple was in use a moment ago.
void open_passive(engine_state& s, std::uint32_t listener, arrived const& in, instant now,
                  seq const* past = nullptr);
/// A half-open connection whose SYN,ACK was acknowledged becomes one in SYN-RECEIVED.
std::uint32_t promote(engine_state& s, std::uint32_t index, instant now);
/// The user has the connection, or never will; nothing happens if that was so before.
void end_handshake(engine_state& s, connection& c);
/// If the segment acknowledges a SYN cookie, and there is a listener for it, there is a connection
/// now, and it has taken the segment.
bool open_from_cookie(engine_state& s, arrived const& in, instant now);

}  // namespace stack::tcp
