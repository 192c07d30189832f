// Eighth: the end of the peer's stream.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/input/input.hpp"

namespace stack::tcp {

namespace {

// A FIN counts from where it stands, also ahead of a hole; not if it lies beyond the window with
// part of the text.
void note_fin(arrival const& a) {
    connection& c = a.c;
    if (!a.seg.fin() || c.fin_ahead) return;
    seq const where = a.seg.text_seq() + static_cast<std::uint32_t>(a.seg.text.size());
    if (before(where, c.rcv_nxt) || after(where, c.rcv_adv)) return;
    c.fin_ahead = true;
    c.peer_fin = where;
    c.ack_now = true;
}

}  // namespace

verdict take_fin(arrival const& a) {
    connection& c = a.c;
    if (c.fin_received) return verdict::done();
    note_fin(a);
    if (!c.fin_ahead || c.rcv_nxt != c.peer_fin) return verdict::done();
    c.fin_received = true;
    c.rcv_nxt += 1;
    c.rcv_adv = later(c.rcv_adv, c.rcv_nxt);
    c.ack_now = true;
    switch (c.state) {
        case state::established:
            c.state = state::close_wait;
            break;
        case state::fin_wait_1:
            c.state = state::closing;
            break;
        case state::fin_wait_2:
            enter_time_wait(a.s, a.index, a.now);
            break;
        default:
            break;
    }
    return verdict::done();
}

}  // namespace stack::tcp
