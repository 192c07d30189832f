// What leaves: the parts of a connection's output and the answers to strangers.
#pragma once

#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/segment.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

/// Puts the connection on the list for the end of the burst.
void want_output(engine_state& s, std::uint32_t index);
/// Tells the user of connection `index` what can be read, and that there is room to write.
void tell_readiness(engine_state& s, std::uint32_t index);
/// The end of the burst for one connection: everything due leaves, timers are set, its user is told
/// what happened.
void flush(engine_state& s, std::uint32_t index, instant now);

// ---- parts of flush ----
/// SYN or SYN,ACK if snd_nxt stands before it.
void send_syn(engine_state& s, connection& c, instant now);
/// What is lost again, then new data, as far as windows and Nagle allow.
void send_data(engine_state& s, connection& c, instant now);
/// Acknowledgements and window updates that no data has carried.
void send_acks(engine_state& s, connection& c, instant now);
/// One segment of at least a byte although the window is closed or too small.
void send_probe(engine_state& s, connection& c, instant now);
/// New data if there is any, else the last segment again, whatever the congestion window says: a
/// tail loss probe (RFC 8985 7.3).
void send_loss_probe(engine_state& s, connection& c, instant now);

/// Bytes (and FIN) that leave as one super-segment; `offset` counts from snd_una.
struct transmission {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    bool fin = false;
    bool path_probe = false;  ///< one segment, whatever its length
};
/// What new data may leave next; `largest` is the greatest payload of a (super-)segment, whole
/// segments, `room` what the congestion window still has.
std::optional<transmission> next_transmission(engine_state const& s, connection const& c,
                                              std::uint32_t largest, std::uint32_t room);
/// The first segment of new data, as far as the peer's window allows; neither Nagle nor the
/// congestion window hold back a tail loss probe (RFC 8985 7.3).
std::optional<transmission> next_probe(connection const& c);
/// Builds and sends it; no state changes but what each segment sent implies.
void transmit(engine_state& s, connection& c, transmission const& what, instant now);

/// An acknowledgement of everything received.
void send_ack(engine_state& s, connection& c, instant now);
/// RFC 9293 3.8.4: a number that the peer has acknowledged long ago, so that it answers.
void send_keepalive(engine_state& s, connection& c, instant now);
/// Data that left has carried the acknowledgement.
void ack_sent(engine_state& s, connection& c);
/// RFC 5961: an ACK at most every challenge_interval.
void send_challenge(engine_state& s, connection& c, instant now);

/// RFC 9293 3.10.7.1: the reset that answers a segment for nothing; none answers a reset.
void answer_with_reset(engine_state& s, four_tuple const& tuple, segment const& seg);
/// RFC 9293 3.10.5: resets a peer that believes in the connection.
void send_reset(engine_state& s, connection const& c);
/// SYN,ACK of a half-open connection; `clock` is what the clock of timestamps shows.
void send_syn_ack(engine_state& s, half_open const& h, std::uint32_t clock);

}  // namespace stack::tcp
