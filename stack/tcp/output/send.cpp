// Data leaves.
#include "stack/tcp/data/window.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/path/discovery.hpp"
#include "stack/tcp/recovery/recovery.hpp"
#include "stack/tcp/timers.hpp"
#include "stack/wire/ecn.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

// What has been sent last is where the next bytes begin: no walk along all that is in flight.
fragments text_of(engine_state& s, connection& c, transmission const& what) {
    flight* const f = flight_of(s, c);
    byte_queue::mark nowhere;
    return c.send.gather(s.chunks, what.offset, what.length, c.snd_una.value(),
                         f == nullptr ? nowhere : f->sent_last);
}

}  // namespace

void transmit(engine_state& s, connection& c, transmission const& what, instant now) {
    bool const drains = what.offset + what.length == c.send.size();
    bool const is_new = what.offset == distance(c.snd_una, c.snd_nxt);
    wire::tcp_header header = header_of(c, c.snd_una + what.offset, now);
    if (drains && what.length > 0)
        header.flags |= wire::tcp_flag::psh;  // RFC 9293 3.9.1.2 (MUST-60)
    if (what.fin) header.flags |= wire::tcp_flag::fin;
    // RFC 3168 6.1.5: only new data is marked as ECN-capable.
    std::uint8_t const ecn = c.ecn && is_new && what.length > 0 ? wire::ecn_capable : 0;
    if (ecn != 0 && c.cwr_owed) {
        header.flags |= wire::tcp_flag::cwr;
        c.cwr_owed = false;
    }
    emit(s, c.tuple, header, text_of(s, c, what),
         what.length > c.mss && !what.path_probe ? c.mss : std::uint16_t{0}, ecn);
    // What lies beyond a hole is reported by acknowledgements of their own, which have room for it.
    if (c.holes != slab<reorder_block>::none) return;
    ack_sent(s, c);
    c.dup_acks_owed = 0;
}

namespace {

void send_new(engine_state& s, connection& c, transmission const& what, instant now) {
    s.count(counter::bytes_out, what.length);
    transmit(s, c, what, now);
    seq const begin = c.snd_nxt;
    c.snd_nxt += what.length + (what.fin ? 1U : 0U);
    c.snd_max = later(c.snd_max, c.snd_nxt);
    if (what.path_probe)
        note_path_probe(s, c, begin, c.snd_nxt, now);
    else
        note_sent(s, c, begin, c.snd_nxt, now);
    if (what.length % c.mss != 0 && !what.path_probe) s.flights[c.flight].snd_sml = c.snd_nxt;
    c.last_sent = now;
    // RFC 6298 5.1; a probe waits from the last transmission on (RFC 8985 7.2).
    bool const running = deadlines_of(s, c).retransmission != never &&
                         (c.rtx_for == rtx_kind::retransmit || c.rtx_for == rtx_kind::reorder);
    if (!running) arm_loss_timer(s, c, now);
}

// Bytes from `begin` on, of a range that ends at `end`, at most `most` of text.
transmission again_from(connection const& c, seq begin, seq end, std::uint32_t most) {
    transmission what;
    what.offset = distance(c.snd_una, begin);
    std::uint32_t const text = c.send.size() - what.offset;
    what.length = std::min({text, distance(begin, end), most});
    what.fin = what.length == text && after(end, begin + text);
    return what;
}

void send_again(engine_state& s, connection& c, std::uint32_t range, transmission const& what,
                instant now) {
    flight& f = s.flights[c.flight];
    std::uint32_t const segments = std::max(1U, (what.length + c.mss - 1U) / c.mss);
    s.count(counter::segments_retransmitted, segments);
    s.count(counter::bytes_retransmitted, what.length);
    if (f.now_in == episode::recovery) s.count(counter::fast_retransmits, segments);
    transmit(s, c, what, now);
    seq const end = c.snd_una + what.offset + what.length + (what.fin ? 1U : 0U);
    f.board.resent(s.sent, range, end, now, c.mss);
    if (f.now_in == episode::recovery) f.reduction.on_sent(what.length);
    c.last_sent = now;
    if (deadlines_of(s, c).retransmission == never) arm_loss_timer(s, c, now);
}

std::uint32_t congestion_room(engine_state const& s, connection const& c) {
    std::uint32_t const out = pipe(s, c);
    return c.congestion.window() - std::min(c.congestion.window(), out);
}

// RFC 6675 5 (C): as long as there is room for a segment.
bool send_lost(engine_state& s, connection& c, std::uint32_t largest, instant now) {
    flight const* const f = flight_of(s, c);
    if (f == nullptr) return false;
    auto const range = f->board.first_lost(s.sent);
    if (!range) return false;
    sent_range const& r = s.sent[*range];
    std::uint32_t const room = congestion_room(s, c);
    if (room < std::min<std::uint32_t>(c.mss, r.length())) return false;
    std::uint32_t const whole = std::max(room / c.mss, 1U) * c.mss;
    send_again(s, c, *range, again_from(c, r.begin, r.end, std::min(whole, largest)), now);
    return true;
}

// RFC 5682 3.1 step 2b: while a timeout may have been spurious, new data goes first.
bool prefers_new_data(engine_state const& s, connection const& c) {
    flight const* const f = flight_of(s, c);
    return f != nullptr && f->spurious == frto::waiting;
}

/// False: nothing new may leave, so that the congestion window gets room for the probe.
bool probe_path(engine_state& s, connection& c, instant now) {
    std::uint32_t const payload = path_probe_due(s, c, now);
    if (payload == 0) return true;
    if (congestion_room(s, c) < payload) {
        c.cwnd_limited = true;
        return false;
    }
    s.count(counter::path_probes);
    transmission what{distance(c.snd_una, c.snd_nxt), payload};
    what.path_probe = true;
    send_new(s, c, what, now);
    return true;
}

bool send_next(engine_state& s, connection& c, std::uint32_t largest, instant now) {
    std::uint32_t const room = congestion_room(s, c);
    // RFC 3168 6.1.2, and what TSO does with CWR: on one segment only.
    std::uint32_t const most = c.cwr_owed ? c.mss : largest;
    auto const what = next_transmission(s, c, most, room);
    if (!what) {
        std::uint32_t const unsent =
            c.send.size() - std::min(c.send.size(), distance(c.snd_una, c.snd_nxt));
        c.cwnd_limited = room < std::min<std::uint32_t>(unsent, c.mss);
        return false;
    }
    send_new(s, c, *what, now);
    return true;
}

}  // namespace

void send_data(engine_state& s, connection& c, instant now) {
    if (!c.synchronized()) return;
    if (c.outstanding() == 0 && c.last_sent.age(now) > c.rtt.timeout())
        c.congestion.on_idle(c.last_sent.age(now), c.mss);
    if (c.narrow) follow_path(s, c);
    std::uint32_t const largest = largest_payload(s, c.tuple, c.mss);
    bool const new_first = prefers_new_data(s, c);
    if (new_first && send_next(s, c, largest, now)) {
        send_next(s, c, largest, now);
        return;
    }
    if (new_first) s.flights[c.flight].spurious = frto::off;
    while (send_lost(s, c, largest, now)) {
    }
    if (c.narrow && !probe_path(s, c, now)) return;
    while (send_next(s, c, largest, now)) {
    }
}

void send_probe(engine_state& s, connection& c, instant now) {
    s.count(counter::window_probes);
    // RFC 9293 3.8.6.1: at least one octet; what the window holds, if it is merely small.
    std::uint32_t const length =
        std::min({c.send.size(), std::max(c.snd_wnd, 1U), std::uint32_t{c.mss}});
    bool const fin = c.fin_pending() && length == c.send.size();
    transmit(s, c, {0, length, fin}, now);
    c.snd_max = later(c.snd_max, c.snd_una + length + (fin ? 1U : 0U));
}

void send_loss_probe(engine_state& s, connection& c, instant now) {
    s.count(counter::loss_probes);
    c.probe_out = true;
    if (auto const what = next_probe(c)) {
        send_new(s, c, *what, now);
        c.probe_again = false;
        s.flights[c.flight].probe_end = c.snd_nxt;
        return;
    }
    flight& f = s.flights[c.flight];
    std::uint32_t const range = f.board.last_segment(s.sent, c.mss);
    sent_range const& r = s.sent[range];
    c.probe_again = true;
    f.probe_end = c.snd_nxt;
    send_again(s, c, range, again_from(c, r.begin, r.end, c.mss), now);
}

}  // namespace stack::tcp
