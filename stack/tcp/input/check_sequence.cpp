// First: is the segment in the window?
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/output/output.hpp"

namespace stack::tcp {

bool acceptable(segment const& seg, seq rcv_nxt, std::uint32_t rcv_wnd) {
    std::uint32_t const length = seg.seg_len();
    if (length == 0 && rcv_wnd == 0) return seg.seg_seq == rcv_nxt;
    if (length == 0) return in_window(seg.seg_seq, rcv_nxt, rcv_wnd);
    if (rcv_wnd == 0) return false;
    return in_window(seg.seg_seq, rcv_nxt, rcv_wnd) ||
           in_window(seg.seg_seq + (length - 1), rcv_nxt, rcv_wnd);
}

namespace {

// A peer that fills the window and goes on acknowledging stands at its right edge, one past the
// last number in the window. Its ACK must count, or two full windows would block each other. RFC
// 9293 3.10.7.4: with a zero window ACKs are still to be taken (MUST-66). A reset there is outside
// the window and gets no answer (RFC 5961 3.2).
bool ack_at_right_edge(segment const& seg, connection const& c) {
    return seg.seg_len() == 0 && seg.seg_seq == c.rcv_adv && !seg.rst();
}

// RFC 9293 3.10.7.4, MUST-66: text is dropped in a zero window, but ACK and RST count.
bool text_meets_zero_window(segment const& seg, connection const& c) {
    return c.rcv_wnd() == 0 && seg.seg_seq == c.rcv_nxt && !seg.syn();
}

}  // namespace

verdict check_sequence(arrival const& a) {
    connection& c = a.c;
    if (acceptable(a.seg, c.rcv_nxt, c.rcv_wnd()) || ack_at_right_edge(a.seg, c))
        return verdict::next_step();
    if (a.seg.rst()) return verdict::drop(counter::drop_outside_window);
    if (text_meets_zero_window(a.seg, c)) {
        c.ack_now = true;
        return verdict::next_step();
    }
    // A segment of some length is acknowledged each time: its sender has missed something. One
    // without could be the answer to ours, so those are limited or two confused peers would never
    // stop (RFC 5961 7).
    if (a.seg.seg_len() > 0) {
        report_repeated(a);
        c.ack_now = true;
    } else {
        send_challenge(a.s, c, a.now);
    }
    return verdict::drop(counter::drop_outside_window);
}

}  // namespace stack::tcp
