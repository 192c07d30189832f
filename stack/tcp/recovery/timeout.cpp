#include "stack/tcp/recovery/timeout.hpp"

#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/output/output.hpp"

namespace stack::tcp {

namespace {

void give_up(engine_state& s, std::uint32_t index) {
    namespace errc = boost::system::errc;
    s.count(counter::timed_out);
    bool const soft = s.connections[index].soft_error;
    fail(s, index, errc::make_error_code(soft ? errc::host_unreachable : errc::timed_out));
}

void send_syn_again(connection& c) {
    c.syn_lost = true;
    c.rtt.back_off();
    c.snd_nxt = c.iss;
}

// RFC 6298 5.4 to 5.6; everything in flight counts as lost (RFC 5681 3.1).
void send_data_again(connection& c) {
    c.congestion.on_timeout(c.snd_una, c.snd_max, c.attempts > 1);
    c.rtt.back_off();
    c.timing = false;
    c.resend_first = false;
    c.snd_nxt = c.snd_una;
}

}  // namespace

void on_retransmission_timer(engine_state& s, std::uint32_t index, instant now) {
    connection& c = s.connections[index];
    c.rtx_deadline = never;
    if (c.attempts >= s.settings.retransmit_attempts) return give_up(s, index);
    ++c.attempts;
    if (c.rtx_for == rtx_kind::persist) {
        // RFC 9293 3.8.6.1 (SHLD-30): further and further apart. An answer, whatever it says,
        // resets `attempts` (MUST-37).
        c.rtt.back_off();
        send_probe(s, c);
        c.rtx_deadline = now + c.rtt.timeout();
        return;
    }
    s.count(counter::retransmission_timeouts);
    if (c.synchronized())
        send_data_again(c);
    else
        send_syn_again(c);
    want_output(s, index);
}

void on_idle_timer(engine_state& s, std::uint32_t index) {
    // An orphan in FIN-WAIT-2 holds nothing that the peer could want.
    if (s.connections[index].state == state::fin_wait_2) return drop_silently(s, index);
    give_up(s, index);
}

duration half_open_timeout(std::uint8_t attempts) {
    return limits::initial_rto * (1U << attempts);
}

bool on_half_open_timer(engine_state& s, half_open& h) {
    if (h.attempts >= limits::syn_ack_retries) return false;
    ++h.attempts;
    s.count(counter::segments_retransmitted);
    send_syn_ack(s, h);
    return true;
}

}  // namespace stack::tcp
