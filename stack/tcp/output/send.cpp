// Data leaves.
#include "stack/tcp/data/window.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"

#include <algorithm>

namespace stack::tcp {

void transmit(engine_state& s, connection& c, transmission const& what) {
    bool const drains = what.offset + what.length == c.send.size();
    wire::tcp_header header;
    header.sequence = (c.snd_una + what.offset).value();
    header.acknowledgment = c.rcv_nxt.value();
    header.window = offer_window(c, s.settings.receive_buffer);
    header.flags = wire::tcp_flag::ack;
    if (drains && what.length > 0)
        header.flags |= wire::tcp_flag::psh;  // RFC 9293 3.9.1.2 (MUST-60)
    if (what.fin) header.flags |= wire::tcp_flag::fin;
    emit(s, c.tuple, header, c.send.gather(s.chunks, what.offset, what.length),
         what.length > c.mss ? c.mss : std::uint16_t{0});
    ack_sent(c);
    c.dup_acks_owed = 0;
}

namespace {

void count_sent(engine_state& s, connection const& c, transmission const& what) {
    if (c.snd_nxt == c.snd_max) return s.count(counter::bytes_out, what.length);
    s.count(counter::segments_retransmitted, (what.length + c.mss - 1U) / c.mss);
    s.count(counter::bytes_retransmitted, what.length);
}

// RFC 6298 3: one measurement at a time, of data sent for the first time (Karn).
void start_timing(connection& c, instant now) {
    if (c.timing || c.snd_nxt != c.snd_max) return;
    c.timing = true;
    c.rtt_seq = c.snd_nxt;
    c.rtt_started = now;
}

void send_one(engine_state& s, connection& c, transmission const& what, instant now) {
    count_sent(s, c, what);
    start_timing(c, now);
    transmit(s, c, what);
    c.snd_nxt += what.length + (what.fin ? 1U : 0U);
    c.snd_max = later(c.snd_max, c.snd_nxt);
    if (what.length % c.mss != 0) c.snd_sml = c.snd_nxt;
    c.last_sent = now;
    // RFC 6298 5.1
    if (c.rtx_deadline != never && c.rtx_for == rtx_kind::retransmit) return;
    c.rtx_for = rtx_kind::retransmit;
    c.rtx_deadline = now + c.rtt.timeout();
}

}  // namespace

void send_data(engine_state& s, connection& c, instant now) {
    if (!c.synchronized()) return;
    if (c.flight() == 0 && now - c.last_sent > c.rtt.timeout()) c.congestion.on_idle();
    std::uint32_t const largest = largest_payload(s, c.tuple, c.mss);
    while (auto const what = next_transmission(c, largest))
        send_one(s, c, *what, now);
}

void resend_first(engine_state& s, connection& c) {
    if (!c.resend_first) return;
    c.resend_first = false;
    if (!c.synchronized() || c.flight() == 0) return;
    std::uint32_t const length = std::min<std::uint32_t>({c.mss, c.send.size(), c.flight()});
    bool const fin = c.fin_pending() && length == c.send.size() && c.flight() > length;
    if (length == 0 && !fin) return;
    s.count(counter::segments_retransmitted);
    s.count(counter::bytes_retransmitted, length);
    c.timing = false;
    transmit(s, c, {0, length, fin});
}

void send_probe(engine_state& s, connection& c) {
    s.count(counter::window_probes);
    // RFC 9293 3.8.6.1: at least one octet; what the window holds, if it is merely small.
    std::uint32_t const length =
        std::min({c.send.size(), std::max(c.snd_wnd, 1U), std::uint32_t{c.mss}});
    bool const fin = c.fin_pending() && length == c.send.size();
    c.timing = false;
    transmit(s, c, {0, length, fin});
    c.snd_max = later(c.snd_max, c.snd_una + length + (fin ? 1U : 0U));
}

}  // namespace stack::tcp
