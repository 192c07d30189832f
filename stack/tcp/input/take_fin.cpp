// Eighth: the end of the peer's stream.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/data/holes.hpp"
#include "stack/tcp/input/input.hpp"

namespace stack::tcp {

namespace {

// A FIN counts from where it stands, also ahead of a hole; not if it lies beyond the window with
// part of the text.
bool has_fin(arrival const& a, seq where) {
    return a.seg.fin() && !before(where, a.c.rcv_nxt) && !after(where, a.c.rcv_adv);
}

// Whether rcv_nxt has reached the peer's FIN. The first one told counts.
bool at_fin(arrival const& a) {
    connection& c = a.c;
    reorder_block* const holes = holes_of(a.s, c);
    if (holes != nullptr && holes->fin()) return c.rcv_nxt == *holes->fin();
    seq const where = a.seg.text_seq() + static_cast<std::uint32_t>(a.seg.text.size());
    if (!has_fin(a, where)) return false;
    c.ack_now = true;
    if (c.rcv_nxt == where) return true;
    make_holes(a.s, c).keep_fin(where);
    return false;
}

}  // namespace

verdict take_fin(arrival const& a) {
    connection& c = a.c;
    if (c.fin_received) return verdict::done();
    if (!at_fin(a)) return verdict::done();
    if (reorder_block* const holes = holes_of(a.s, c)) holes->forget_fin();
    drop_empty_holes(a.s, c);
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
