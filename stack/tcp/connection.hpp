// The state of a connection from SYN-SENT to LAST-ACK.
#pragma once

#include "stack/core/short_instant.hpp"
#include "stack/core/slab.hpp"
#include "stack/packet/byte_queue.hpp"
#include "stack/tcp/congestion/congestion.hpp"
#include "stack/tcp/deadlines.hpp"
#include "stack/tcp/recovery/min_rtt.hpp"
#include "stack/tcp/recovery/rtt.hpp"
#include "stack/tcp/seq.hpp"
#include "stack/tcp/state.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstdint>
#include <type_traits>

namespace stack::tcp {

/// What the retransmission deadline is for; they exclude each other.
enum class rtx_kind : std::uint8_t {
    retransmit,  ///< RFC 6298; also of a SYN
    persist,     ///< a probe of a closed window
    probe,       ///< tail loss probe (RFC 8985 7)
    reorder      ///< RACK: what is late by then is lost (RFC 8985 6.2)
};

/// Names are those of RFC 9293 3.3.1.
///
/// Sending: the queue `send` begins at snd_una (at ISS + 1 until the SYN is acknowledged). What is
/// in flight has its records in `flight`. snd_max is past snd_nxt only by what probes of a closed
/// window have carried, and by a SYN about to be sent again.
///
///     ----|-- sent, not acknowledged --|-- to send --|
///      snd_una                      snd_nxt    snd_una + send.size() [FIN]
///
/// Receiving: the queue `receive` ends at rcv_nxt; what came out of order is written ahead of it.
///
///     |-- receive, unread --|--- window offered ---|
///                        rcv_nxt                rcv_adv
struct connection {
    four_tuple tuple;
    tcp::state state = tcp::state::closed;
    rtx_kind rtx_for = rtx_kind::retransmit;
    std::uint8_t snd_wscale = 0;  ///< of windows the peer offers
    std::uint8_t rcv_wscale = 0;  ///< of windows we offer

    bool passive : 1 = false;          ///< a listener took it
    bool owned : 1 = true;             ///< a user holds its id, or will by accept()
    bool orderly : 1 = false;          ///< closed after both sides ended in order
    bool fin_queued : 1 = false;       ///< a FIN follows the send queue
    bool fin_received : 1 = false;     ///< rcv_nxt has passed the peer's FIN
    bool ack_now : 1 = false;          ///< an acknowledgement leaves at the end of the burst
    bool syn_repeated : 1 = false;     ///< at once after an unacceptable ACK in SYN-SENT
    bool syn_lost : 1 = false;         ///< the SYN was sent again by the timer
    bool readable_told : 1 = false;    ///< until the user has read everything
    bool writable_wanted : 1 = false;  ///< the user has found the send buffer full
    bool finished_told : 1 = false;
    bool nagle : 1 = true;        ///< small segments wait for acknowledgements
    bool corked : 1 = false;      ///< and for more data
    bool delays_acks : 1 = true;  ///< acknowledgements may wait
    bool soft_error : 1 = false;  ///< ICMP said unreachable; told if the connection times out

    bool timestamps : 1 = false;       ///< RFC 7323 3: both sides send them; SYN-SENT: offered
    bool sack : 1 = false;             ///< RFC 2018: both take and send blocks; SYN-SENT: offered
    bool ecn : 1 = false;              ///< RFC 3168 6.1.1: both sides take part
    bool echo_owed : 1 = false;        ///< CE has come: ECE on all until CWR comes
    bool cwr_owed : 1 = false;         ///< CWR goes with the next new data
    bool cwnd_limited : 1 = false;     ///< the congestion window held data back
    bool reordering_seen : 1 = false;  ///< RACK.reordering_seen
    bool probe_out : 1 = false;        ///< a tail loss probe of which nothing is known yet
    bool probe_again : 1 = false;      ///< TLP.is_retrans: it was not new data
    bool narrow : 1 = false;           ///< the path takes less than mss_limit
    bool ready : 1 = false;            ///< something is to be done at the end of the burst

    std::uint16_t mss = 0;             ///< most payload bytes of a segment we send
    std::uint16_t mss_limit = 0;       ///< what it may be at most, for the peer and our link
    std::uint16_t segments_owed = 0;   ///< received in order and not acknowledged
    std::uint8_t dup_acks_owed = 0;    ///< one for each segment beyond a hole
    std::uint8_t quick_acks = 0;       ///< segments still to be acknowledged without delay
    std::uint8_t attempts = 0;         ///< of the retransmission or probe that had no answer
    std::uint8_t reo_wnd_mult = 1;     ///< RACK.reo_wnd_mult
    std::uint8_t reo_wnd_persist = 0;  ///< RACK.reo_wnd_persist

    seq iss;  ///< displays count from here what was sent, and from irs what came
    seq irs;
    seq snd_una;  ///< ISS until the SYN is acknowledged
    seq snd_nxt;
    seq snd_max;
    seq snd_wl1;
    seq snd_wl2;
    std::uint32_t snd_wnd = 0;
    std::uint32_t max_snd_wnd = 0;
    /// RFC 6582 3.2: snd_max when the last episode of congestion began; follows snd_una beyond it.
    seq recover;

    seq rcv_nxt;
    seq rcv_adv;    ///< right edge of the window offered; never moves left
    seq rcv_acked;  ///< Last.ACK.sent (RFC 7323 4.3)

    std::uint32_t ts_offset = 0;        ///< of our clock of timestamps
    std::uint32_t ts_recent = 0;        ///< TS.Recent
    std::uint32_t ts_recent_since = 0;  ///< seconds

    tcp::congestion congestion;
    rtt_estimator rtt;
    min_rtt shortest;

    /// After 49 days of silence it may be taken for a moment ago: what RFC 5681 4.1 asks for is not
    /// done then.
    short_instant<std::chrono::milliseconds> last_sent;
    /// When the receive buffer was last looked at. After 71 minutes the next look may be put off.
    short_instant<std::chrono::microseconds> tuned_at;

    byte_queue send;
    byte_queue receive;
    std::uint32_t holes = slab<connection>::none;   ///< reorder block, while something is missing
    std::uint32_t flight = slab<connection>::none;  ///< while data is in flight
    std::uint32_t deadlines = slab<connection>::none;  ///< while it waits for something
    std::uint32_t handshake = slab<connection>::none;  ///< until its user has it
    std::uint32_t kept = slab<connection>::none;       ///< options that differ from the default
    std::uint32_t rcv_buffer = 0;  ///< bytes it may hold received; grows as data/tuning.hpp says
    seq tuned_from;                ///< the user had read up to here at tuned_at

    std::uint32_t tag = 0;
    std::uint32_t number = 0;

    /// In the backlog of its listener.
    bool waits() const { return passive && handshake != slab<connection>::none; }
    /// Out of the table of 4-tuples: dead, or handed over to TIME-WAIT; there only for its user.
    bool detached() const { return state == tcp::state::closed || state == tcp::state::time_wait; }
    bool synchronized() const {
        return state != tcp::state::syn_sent && state != tcp::state::syn_received && !detached();
    }
    /// Our FIN is part of the stream and not acknowledged.
    bool fin_pending() const {
        return fin_queued && (state == tcp::state::fin_wait_1 || state == tcp::state::closing ||
                              state == tcp::state::last_ack);
    }
    /// The user may still give us data to send.
    bool accepts_data() const { return owned && !fin_queued && !detached(); }
    /// The number of a segment without text: the latest that the peer's window holds, since after a
    /// timeout snd_nxt is one that the peer may have left behind, and a probe may have gone beyond
    /// the window.
    seq seq_without_text() const {
        seq const edge = snd_una + snd_wnd;
        return synchronized() && after(snd_max, edge) ? edge : snd_max;
    }
    /// RCV.WND
    std::uint32_t rcv_wnd() const { return distance(rcv_nxt, rcv_adv); }
    /// Bytes, SYN and FIN sent and not acknowledged.
    std::uint32_t outstanding() const { return distance(snd_una, snd_max); }
};

static_assert(sizeof(connection) <= 260);
static_assert(std::is_trivially_copyable_v<connection>);

}  // namespace stack::tcp
