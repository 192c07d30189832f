// What options and settings together mean for a connection.
#pragma once

#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/input/input.hpp"

#include <cstdint>

namespace stack::tcp {

connection_options const& options_of(engine_state const& s, connection const& c);
/// Replaces the options of a connection in any state; buffers promised to the peer stay.
void set_options(engine_state& s, std::uint32_t index, connection_options const& wanted,
                 instant now);
/// The connection ends, and with it what is kept of its options.
void forget_options(engine_state& s, connection& c);

/// MSS to use at most: the path's, or less if TCP_MAXSEG says so.
std::uint16_t largest_segment(engine_state const& s, four_tuple const& tuple,
                              connection_options const& options);
/// MSS to offer: the same, or less if what the peer sends comes through a tunnel.
std::uint16_t announced_segment(engine_state const& s, four_tuple const& tuple,
                                connection_options const& options);
/// Bytes that may be held received when the connection opens.
std::uint32_t first_receive_buffer(engine_state const& s, connection_options const& options);
/// What tuning may make of it later; the window scale is chosen for this.
std::uint32_t largest_receive_buffer(engine_state const& s, connection_options const& options);
/// Bytes that may be queued to send now. Twice the congestion window, as Linux: one in flight and
/// one to follow while its acknowledgements come.
std::uint32_t send_limit(engine_state const& s, connection const& c);

// ---- what happens to a connection, for options that measure time ----
/// The user has given `count` bytes, or a FIN.
void note_queued(engine_state& s, connection& c, std::uint32_t count, instant now);
/// A step of the segment's way, between check_ack and take_ack: the peer is there.
verdict note_heard(arrival const& a);
/// Moves the idle deadline to what the options of an open connection ask for.
void watch_idle(engine_state& s, connection& c);
/// The idle deadline has passed. The connection may be gone or dead afterwards.
void on_idle_timer(engine_state& s, std::uint32_t index, instant now);

}  // namespace stack::tcp
