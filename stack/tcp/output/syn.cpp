// SYN and SYN,ACK.
#include "stack/tcp/data/window.hpp"
#include "stack/tcp/open/timestamp.hpp"
#include "stack/tcp/option/option.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/timers.hpp"

namespace stack::tcp {

namespace {

constexpr std::uint8_t ecn_setup = wire::tcp_flag::ece | wire::tcp_flag::cwr;

wire::tcp_header syn_header(engine_state const& s, four_tuple const& tuple, seq iss,
                            connection_options const& options) {
    wire::tcp_header header;
    header.sequence = iss.value();
    header.flags = wire::tcp_flag::syn;
    header.window = syn_window(first_receive_buffer(s, options));
    // RFC 9293 3.7.1 (SHLD-5, MUST-14)
    header.options.mss = announced_segment(s, tuple, options);
    return header;
}

}  // namespace

void send_syn(engine_state& s, connection& c, instant now) {
    seq const iss = c.snd_una;
    if (c.snd_nxt != iss) return;
    wire::tcp_header header = syn_header(s, c.tuple, iss, options_of(s, c));
    bool const again = c.snd_max != iss;
    header.options.window_scale = c.rcv_wscale;
    header.options.sack_permitted = c.sack;
    if (c.timestamps) header.options.timestamps = {timestamp_clock(now) + c.ts_offset, c.ts_recent};
    // RFC 3168 6.1.1.1: without ECN if nobody answered one that asked for it.
    if (c.state == state::syn_sent && !again) header.flags |= ecn_setup;
    if (c.state == state::syn_received) {
        header.flags |= wire::tcp_flag::ack;
        header.acknowledgment = c.rcv_nxt.value();
        // RFC 7323 1.3: only if the peer's SYN had it
        if (c.snd_wscale == 0 && c.rcv_wscale == 0) header.options.window_scale.reset();
        if (c.ecn) header.flags |= wire::tcp_flag::ece;
        ack_sent(s, c);
    }
    emit(s, c.tuple, header);
    if (again) s.count(counter::segments_retransmitted);
    // RFC 6298 3, Karn: a SYN sent twice measures nothing.
    c.syn_lost = again;
    c.last_sent = s.handshakes[c.handshake].sent = now;
    c.snd_nxt = iss + 1;
    c.snd_max = c.snd_nxt;
    if (deadlines_of(s, c).retransmission == never)
        set_deadline(s, c, &deadlines::retransmission, now + c.rtt.timeout());
}

void send_syn_ack(engine_state& s, half_open const& h, std::uint32_t clock) {
    wire::tcp_header header = syn_header(s, h.tuple, h.iss, s.listeners[h.listener].options);
    header.flags |= wire::tcp_flag::ack;
    header.acknowledgment = h.rcv_nxt().value();
    header.window = h.window;
    if (h.scaling) header.options.window_scale = h.rcv_wscale;
    header.options.sack_permitted = h.sack;
    if (h.timestamps)
        header.options.timestamps = {clock + timestamp_offset(s.secrets, h.tuple), h.ts_recent};
    if (h.ecn) header.flags |= wire::tcp_flag::ece;
    emit(s, h.tuple, header);
}

}  // namespace stack::tcp
