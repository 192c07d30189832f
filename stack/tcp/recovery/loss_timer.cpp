// When to look after data in flight: RFC 6298 5, RFC 8985 7.2.
#include "stack/tcp/limits.hpp"
#include "stack/tcp/recovery/recovery.hpp"
#include "stack/tcp/timers.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

/// RFC 8985 7.2: a probe may go out where nothing else would tell of a loss at the tail.
bool may_probe(connection const& c, flight const& f) {
    return c.sack && c.rtt.measured() && !c.probe_out && f.board.sacked() == 0 &&
           f.board.lost() == 0 && (f.now_in == episode::none || f.now_in == episode::reduced);
}

duration probe_timeout(connection const& c) {
    duration pto = 2 * c.rtt.smoothed();
    // A single segment may be acknowledged with delay.
    if (distance(c.snd_una, c.snd_nxt) <= c.mss) pto += limits::max_ack_delay;
    return std::min(std::max<duration>(pto, std::chrono::milliseconds(2)), c.rtt.timeout());
}

}  // namespace

void arm_loss_timer(engine_state& s, connection& c, instant now) {
    flight const* const f = flight_of(s, c);
    if (f == nullptr) return;
    if (may_probe(c, *f)) {
        c.rtx_for = rtx_kind::probe;
        return set_deadline(s, c, &deadlines::retransmission, now + probe_timeout(c));
    }
    c.rtx_for = rtx_kind::retransmit;
    set_deadline(s, c, &deadlines::retransmission, now + c.rtt.timeout());
}

}  // namespace stack::tcp
