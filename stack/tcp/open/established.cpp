// The handshake is complete.
#include "stack/tcp/data/tuning.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/open/open.hpp"
#include "stack/tcp/option/option.hpp"
#include "stack/tcp/path/discovery.hpp"
#include "stack/tcp/timers.hpp"

namespace stack::tcp {

namespace {

void tell(engine_state& s, std::uint32_t index) {
    connection const& c = s.connections[index];
    if (c.waits()) {
        std::uint32_t const listener = s.handshakes[c.handshake].listener;
        return s.observer.acceptable({listener, s.listeners.generation(listener)}, c.tag);
    }
    if (c.owned) s.observer.connected({index, s.connections.generation(index)}, c.tag);
}

}  // namespace

void become_established(arrival const& a) {
    connection& c = a.c;
    // The SYN is all that can be acknowledged: no data leaves before.
    c.recover = c.snd_una;  // ISS: RFC 6582 3.2 step 0
    c.snd_una += 1;
    c.snd_nxt = c.snd_max = c.snd_una;
    if (c.syn_lost)
        c.rtt.lost_syn();
    else
        take_round_trip(c, a.now - a.s.handshakes[c.handshake].sent, a.now);
    if (!c.passive) end_handshake(a.s, c);
    c.attempts = 0;
    c.soft_error = false;
    set_deadline(a.s, c, &deadlines::retransmission, never);
    set_deadline(a.s, c, &deadlines::idle, never);
    start_tuning(c, a.now);
    c.last_sent = a.now;
    c.quick_acks = limits::quick_acks;
    c.mss_limit = c.mss;
    follow_path(a.s, c);
    c.congestion.start(options_of(a.s, c).congestion, c.mss, c.snd_una, c.syn_lost);
    // RFC 7323 2.2: the window of a SYN is not scaled.
    set_window(c, a.seg, std::uint32_t{a.seg.seg_wnd} << (a.seg.syn() ? 0 : c.snd_wscale));
    c.state = c.fin_queued ? state::fin_wait_1 : state::established;
    watch_idle(a.s, c);
    a.s.count(counter::established);
    tell(a.s, a.index);
}

}  // namespace stack::tcp
