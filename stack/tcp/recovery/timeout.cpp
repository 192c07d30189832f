#include "stack/tcp/recovery/timeout.hpp"

#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/open/timestamp.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/path/discovery.hpp"
#include "stack/tcp/recovery/recovery.hpp"
#include "stack/tcp/timers.hpp"

namespace stack::tcp {

namespace {

/// What is looked after and is not a timeout; false if the kind is another one.
bool is_early_timer(engine_state& s, connection& c, instant now) {
    if (c.rtx_for == rtx_kind::reorder) {
        on_reorder_timer(s, c, now);
        return true;
    }
    if (c.rtx_for != rtx_kind::probe) return false;
    // RFC 8985 7.3: the retransmission timer is next.
    c.rtx_for = rtx_kind::retransmit;
    send_loss_probe(s, c, now);
    arm_loss_timer(s, c, now);
    return true;
}

}  // namespace

void on_retransmission_timer(engine_state& s, std::uint32_t index, instant now) {
    connection& c = s.connections[index];
    set_deadline(s, c, &deadlines::retransmission, never);
    if (is_early_timer(s, c, now)) return want_output(s, index);
    if (c.attempts >= s.settings.retransmit_attempts) return give_up(s, index);
    ++c.attempts;
    c.rtt.back_off();
    if (c.rtx_for == rtx_kind::persist) {
        // RFC 9293 3.8.6.1 (SHLD-30): further and further apart. An answer, whatever it says,
        // resets `attempts` (MUST-37).
        send_probe(s, c, now);
        set_deadline(s, c, &deadlines::retransmission, now + c.rtt.timeout());
        return;
    }
    s.count(counter::retransmission_timeouts);
    // RFC 6298 5.4 to 5.6
    if (c.synchronized()) {
        suspect_black_hole(s, c, now);
        recover_from_timeout(s, c, now);
    } else {
        c.snd_nxt = c.snd_una;
    }
    want_output(s, index);
}

duration half_open_timeout(std::uint8_t attempts) {
    return limits::syn_ack_rto * (1U << attempts);
}

bool on_half_open_timer(engine_state& s, half_open& h, instant now) {
    if (h.attempts >= limits::syn_ack_retries) return false;
    ++h.attempts;
    s.count(counter::segments_retransmitted);
    send_syn_ack(s, h, timestamp_clock(now));
    return true;
}

}  // namespace stack::tcp
