// Fifth, first half: can the peer have sent this acknowledgement?
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/output/output.hpp"

namespace stack::tcp {

verdict check_ack(arrival const& a) {
    connection& c = a.c;
    segment const& seg = a.seg;
    if (!seg.ack()) return verdict::drop(counter::drop_no_ack);
    if (c.state == state::syn_received) {
        if (after(seg.seg_ack, c.snd_una) && at_or_before(seg.seg_ack, c.snd_max)) {
            become_established(a);
            return verdict::next_step();
        }
        answer_with_reset(a.s, c.tuple, seg);
        return verdict::drop(counter::drop_bad_ack);
    }
    // RFC 5961 5.2: not of what was never sent, nor of more than a window ago.
    bool const future = after(seg.seg_ack, c.snd_max);
    bool const past = before(seg.seg_ack, c.snd_una - c.max_snd_wnd);
    if (!future && !past) return verdict::next_step();
    send_challenge(a.s, c, a.now);
    return verdict::drop(counter::drop_bad_ack);
}

}  // namespace stack::tcp
