// Fifth, second half: what the acknowledgement and the window change.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/output/output.hpp"

#include <algorithm>

namespace stack::tcp {

void set_window(connection& c, segment const& seg, std::uint32_t window) {
    c.snd_wnd = window;
    c.max_snd_wnd = std::max(c.max_snd_wnd, window);
    c.snd_wl1 = seg.seg_seq;
    c.snd_wl2 = seg.seg_ack;
}

namespace {

std::uint32_t scaled_window(arrival const& a) {
    return std::uint32_t{a.seg.seg_wnd} << a.c.snd_wscale;
}

void follow(connection& c, newreno::advice advice) {
    if (advice == newreno::advice::retransmit_first) c.resend_first = true;
}

void take_measurement(connection& c, seq snd_una, instant now) {
    if (!c.timing || !after(snd_una, c.rtt_seq)) return;
    c.rtt.sample(now - c.rtt_started);
    c.timing = false;
}

// RFC 6298 5.2, 5.3
void restart_retransmission(connection& c, instant now) {
    c.rtx_for = rtx_kind::retransmit;
    c.rtx_deadline = c.flight() == 0 ? never : now + c.rtt.timeout();
}

// Whether our FIN is among what is new.
bool advance_una(arrival const& a) {
    connection& c = a.c;
    std::uint32_t const flight = c.flight();
    std::uint32_t const acked = distance(c.snd_una, a.seg.seg_ack);
    bool const fin_acked = acked > c.send.size();
    c.send.drop(a.s.chunks, std::min(acked, c.send.size()));
    if (c.send.empty()) c.send.clear(a.s.chunks);
    c.snd_una = a.seg.seg_ack;
    c.snd_nxt = later(c.snd_nxt, c.snd_una);
    c.attempts = 0;
    c.soft_error = false;
    if (c.rtx_for == rtx_kind::persist) c.rtt.forget_back_off();
    take_measurement(c, c.snd_una, a.now);
    newreno::advice const advice = c.congestion.on_ack(c.snd_una, acked, flight, c.flight());
    follow(c, advice);
    if (advice == newreno::advice::retransmit_first) a.s.count(counter::fast_retransmits);
    restart_retransmission(c, a.now);
    return fin_acked;
}

// RFC 5681 2, the definition of a duplicate acknowledgement
bool is_duplicate(arrival const& a) {
    return a.seg.seg_ack == a.c.snd_una && a.seg.seg_len() == 0 && a.c.flight() > 0 &&
           a.c.snd_wnd > 0 && scaled_window(a) == a.c.snd_wnd;
}

// What did not advance anything still proves that the peer is there.
void take_old_ack(arrival const& a) {
    connection& c = a.c;
    if (c.rtx_for == rtx_kind::persist) c.attempts = 0;
    if (!is_duplicate(a)) return;
    newreno::advice const advice = c.congestion.on_duplicate(c.snd_una, c.snd_max);
    follow(c, advice);
    if (advice == newreno::advice::retransmit_first) {
        a.s.count(counter::fast_retransmits);
        c.timing = false;
    }
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
    if (!opens || c.rtx_deadline == never || c.rtx_for != rtx_kind::persist) return;
    c.rtx_deadline = never;
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
    if (after(a.seg.seg_ack, a.c.snd_una)) {
        bool const fin_acked = advance_una(a);
        update_window(a);
        if (fin_acked) return after_fin_acked(a);
        return verdict::next_step();
    }
    take_old_ack(a);
    update_window(a);
    return verdict::next_step();
}

}  // namespace stack::tcp
