// From what an acknowledgement says to the congestion window, to what is sent again, and to when to
// look next.
#pragma once

#include "stack/tcp/engine_state.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

/// An acknowledgement that was taken: snd_una stands where it says.
struct acknowledgement {
    std::uint32_t acked = 0;       ///< bytes by which snd_una advanced
    bool duplicate = false;        ///< RFC 5681 2
    bool duplicate_sack = false;   ///< RFC 2883
    bool congestion_echo = false;  ///< ECE (RFC 3168 6.1.2)
    delivery arrived;
};

/// Bytes believed to be on the way (RFC 6675 4, SetPipe).
std::uint32_t pipe(engine_state const& s, connection const& c);
/// The flight of a connection that has one, or null.
flight* flight_of(engine_state& s, connection& c);
flight const* flight_of(engine_state const& s, connection const& c);
/// Nothing is in flight any more.
void end_flight(engine_state& s, connection& c);

/// [begin, end) leaves for the first time.
void note_sent(engine_state& s, connection& c, seq begin, seq end, instant now);
/// So does the probe of the path, which is one segment.
void note_path_probe(engine_state& s, connection& c, seq begin, seq end, instant now);
/// Losses are found and marked, the window follows, timers are set.
void recover(engine_state& s, connection& c, acknowledgement const& what);
/// The timer of RACK's window of reordering went off.
void on_reorder_timer(engine_state& s, connection& c, instant now);
/// The retransmission timer went off: what is lost, and with which window to go on.
void recover_from_timeout(engine_state& s, connection& c, instant now);

// ---- timers ----
/// For the data in flight: probe or retransmission (RFC 8985 7.2, RFC 6298 5).
void arm_loss_timer(engine_state& s, connection& c, instant now);

}  // namespace stack::tcp
