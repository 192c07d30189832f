// Fifth, second half: what the acknowledgement and the window change.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/open/timestamp.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/recovery/recovery.hpp"
#include "stack/tcp/timers.hpp"

#include <algorithm>

namespace stack::tcp {

void set_window(connection& c, segment const& seg, std::uint32_t window) {
    c.snd_wnd = window;
    c.max_snd_wnd = std::max(c.max_snd_wnd, window);
    c.snd_wl1 = seg.seg_seq;
    c.snd_wl2 = seg.seg_ack;
}

void take_round_trip(connection& c, duration took, instant now) {
    c.rtt.sample(took);
    c.shortest.sample(took, now);
}

namespace {

std::uint32_t scaled_window(arrival const& a) {
    return std::uint32_t{a.seg.seg_wnd} << a.c.snd_wscale;
}

// RFC 5681 2, the definition of a duplicate acknowledgement
bool is_duplicate(arrival const& a) {
    return a.seg.seg_ack == a.c.snd_una && a.seg.seg_len() == 0 && a.c.outstanding() > 0 &&
           a.c.snd_wnd > 0 && scaled_window(a) == a.c.snd_wnd;
}

// Whether our FIN is among what is new.
bool advance_una(arrival const& a) {
    connection& c = a.c;
    std::uint32_t const acked = distance(c.snd_una, a.seg.seg_ack);
    bool const fin_acked = acked > c.send.size();
    c.send.drop(a.s.chunks, std::min(acked, c.send.size()));
    if (c.send.empty()) c.send.clear(a.s.chunks);
    c.snd_una = a.seg.seg_ack;
    c.snd_nxt = later(c.snd_nxt, c.snd_una);
    c.attempts = 0;
    c.soft_error = false;
    if (c.rtx_for == rtx_kind::persist) {
        c.rtt.forget_back_off();
        set_deadline(a.s, c, &deadlines::retransmission, never);
    }
    return fin_acked;
}

// RFC 2883 4: the first block is of what had come before, if it is acknowledged or lies in the
// second one.
bool is_duplicate_report(wire::sack_blocks const& blocks, seq ack) {
    wire::sack_block const& first = *blocks.begin();
    if (!after(seq(first.end), ack)) return true;
    if (blocks.size() < 2) return false;
    wire::sack_block const& second = blocks.begin()[1];
    return !before(seq(first.begin), seq(second.begin)) && !after(seq(first.end), seq(second.end));
}

// RFC 2018 5, RFC 5961: blocks of what is in flight; others are ignored.
void take_sacks(arrival const& a, flight& f, acknowledgement& what) {
    connection const& c = a.c;
    auto const& blocks = a.seg.options.sacks;
    for (wire::sack_block const& block : blocks) {
        seq const begin = later(seq(block.begin), c.snd_una);
        seq const end(block.end);
        if (before(begin, end) && !after(end, c.snd_nxt))
            f.board.sack(a.s.sent, begin, end, c.mss, what.arrived);
    }
}

// RFC 7323 4.1: an acknowledgement of something new measures by the echo what was sent twice, too.
void measure_by_echo(arrival const& a, acknowledgement& what) {
    if (what.arrived.rtt || !a.c.timestamps || !a.seg.options.timestamps) return;
    std::uint32_t const took =
        timestamp_clock(a.now) + a.c.ts_offset - a.seg.options.timestamps->echo;
    constexpr std::uint32_t longest = 600'000;
    if (took < longest) a.c.rtt.sample(std::chrono::milliseconds(took));
}

// RFC 6298 3: one measurement a round trip.
void measure(arrival const& a, flight& f, acknowledgement& what) {
    connection& c = a.c;
    if (what.arrived.rtt) c.shortest.sample(*what.arrived.rtt, a.now);
    if (before(c.snd_una, f.rtt_seq)) return;
    f.rtt_seq = c.snd_nxt;
    if (what.arrived.rtt) return c.rtt.sample(*what.arrived.rtt);
    measure_by_echo(a, what);
}

// RFC 9293 3.10.7.4: not by an old segment
void update_window(arrival const& a) {
    connection& c = a.c;
    segment const& seg = a.seg;
    if (before(seg.seg_ack, c.snd_una)) return;
    bool const newer = before(c.snd_wl1, seg.seg_seq) ||
                       (c.snd_wl1 == seg.seg_seq && at_or_before(c.snd_wl2, seg.seg_ack));
    if (!newer) return;
    bool const opens = scaled_window(a) > c.snd_wnd;
    set_window(c, seg, scaled_window(a));
    bool const probing =
        c.rtx_for == rtx_kind::persist && deadlines_of(a.s, c).retransmission != never;
    if (!opens || !probing) return;
    set_deadline(a.s, c, &deadlines::retransmission, never);
    c.rtt.forget_back_off();
}

verdict after_fin_acked(arrival const& a) {
    switch (a.c.state) {
        case state::fin_wait_1:
            a.c.state = state::fin_wait_2;
            limit_orphan(a.s, a.c, a.now);
            return verdict::next_step();
        case state::closing:
            enter_time_wait(a.s, a.index, a.now);
            return verdict::done();
        case state::last_ack:
            end_in_order(a.s, a.index);
            return verdict::done();
        default:
            return verdict::next_step();
    }
}

}  // namespace

verdict take_ack(arrival const& a) {
    connection& c = a.c;
    acknowledgement what;
    what.arrived.now = a.now;
    what.arrived.min_rtt = c.shortest.value();
    what.duplicate = is_duplicate(a);
    what.congestion_echo = c.ecn && (a.seg.flags & wire::tcp_flag::ece) != 0;
    auto const& blocks = a.seg.options.sacks;
    what.duplicate_sack = c.sack && !blocks.empty() && is_duplicate_report(blocks, a.seg.seg_ack);
    bool const advances = after(a.seg.seg_ack, c.snd_una);
    bool fin_acked = false;
    if (advances) {
        what.acked = distance(c.snd_una, a.seg.seg_ack);
        fin_acked = advance_una(a);
    } else if (c.rtx_for == rtx_kind::persist) {
        // What did not advance anything still proves that the peer is there.
        c.attempts = 0;
    }
    if (flight* const f = flight_of(a.s, c)) {
        if (advances) f->board.acknowledge(a.s.sent, c.snd_una, what.arrived);
        if (c.sack) take_sacks(a, *f, what);
        // Without SACK nobody knows which of it waited here for a hole to be filled (Karn).
        if (!c.sack && what.arrived.again) what.arrived.rtt.reset();
        if (advances) measure(a, *f, what);
    }
    recover(a.s, c, what);
    update_window(a);
    return fin_acked ? after_fin_acked(a) : verdict::next_step();
}

}  // namespace stack::tcp
