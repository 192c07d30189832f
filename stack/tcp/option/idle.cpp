// The idle deadline: connecting, keep-alives, the user's timeout, a cork, and orphans.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/option/option.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/timers.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

bool has_unanswered(connection const& c) {
    return c.outstanding() > 0 || !c.send.empty() || c.fin_pending();
}

duration first_probe_after(engine_state const& s, kept_options const& k) {
    duration const own = k.wanted.keepalive_idle;
    return own > duration::zero() ? own : s.settings.keepalive_idle;
}

// Zero silence allowed means none is measured.
bool keeps_alive(engine_state const& s, kept_options const& k) {
    return k.wanted.keepalive && first_probe_after(s, k) > duration::zero();
}

instant next_probe(engine_state const& s, kept_options const& k) {
    if (!keeps_alive(s, k)) return never;
    duration const own = k.wanted.keepalive_interval;
    duration const apart = own > duration::zero() ? own : s.settings.keepalive_interval;
    return k.quiet_since + first_probe_after(s, k) + k.probes * apart;
}

instant user_gives_up(kept_options const& k, connection const& c) {
    if (k.wanted.user_timeout == duration::zero() || !has_unanswered(c)) return never;
    return k.unanswered_since + k.wanted.user_timeout;
}

// RFC 9293 3.8.4, as Linux: the number of probes, or the user's timeout in its place.
bool is_silent_too_long(engine_state const& s, kept_options const& k, instant now) {
    if (k.probes == 0) return false;
    if (k.wanted.user_timeout > duration::zero())
        return k.quiet_since + k.wanted.user_timeout <= now;
    std::uint8_t const own = k.wanted.keepalive_probes;
    return k.probes >= (own != 0 ? own : s.settings.keepalive_probes);
}

void probe(engine_state& s, std::uint32_t index, instant now) {
    namespace errc = boost::system::errc;
    connection& c = s.connections[index];
    kept_options& k = s.kept[c.kept];
    // Whether the peer is there, the retransmission timer will find out.
    if (has_unanswered(c)) {
        k.quiet_since = now;
        k.probes = 0;
        return;
    }
    if (is_silent_too_long(s, k, now)) {
        s.count(counter::timed_out);
        return reset_and_fail(s, index, errc::make_error_code(errc::timed_out));
    }
    if (k.probes < UINT8_MAX) ++k.probes;
    send_keepalive(s, c, now);
}

// The ceiling of TCP_CORK: what there is leaves as if nothing held it.
void uncork_once(engine_state& s, std::uint32_t index, instant now) {
    connection& c = s.connections[index];
    s.kept[c.kept].corked_until = never;
    if (c.rtx_for == rtx_kind::persist) set_deadline(s, c, &deadlines::retransmission, never);
    bool const nagle = c.nagle;
    c.corked = c.nagle = false;
    send_data(s, c, now);
    c.corked = true;
    c.nagle = nagle;
    want_output(s, index);
}

void on_orphan_timer(engine_state& s, std::uint32_t index) {
    // In FIN-WAIT-2 it holds nothing that the peer could want; otherwise the user's linger is over.
    if (s.connections[index].state == state::fin_wait_2) return drop_silently(s, index);
    reset_and_fail(s, index, {});
}

}  // namespace

void note_queued(engine_state& s, connection& c, std::uint32_t count, instant now) {
    if (c.kept == slab<kept_options>::none) return;
    kept_options& k = s.kept[c.kept];
    if (c.outstanding() == 0 && c.send.size() == count) k.unanswered_since = now;
    if (c.corked && k.corked_until == never) k.corked_until = now + limits::cork;
    watch_idle(s, c);
}

verdict note_heard(arrival const& a) {
    connection const& c = a.c;
    if (c.kept == slab<kept_options>::none) return verdict::next_step();
    kept_options& k = a.s.kept[c.kept];
    k.quiet_since = a.now;
    k.probes = 0;
    if (after(a.seg.seg_ack, c.snd_una)) k.unanswered_since = a.now;
    return verdict::next_step();
}

void watch_idle(engine_state& s, connection& c) {
    if (!c.synchronized() || !c.owned) return;
    set_deadline(s, c, &deadlines::idle, never);
    if (c.kept == slab<kept_options>::none) return;
    kept_options const& k = s.kept[c.kept];
    set_deadline(s, c, &deadlines::idle,
                 std::min({k.corked_until, next_probe(s, k), user_gives_up(k, c)}));
}

void on_idle_timer(engine_state& s, std::uint32_t index, instant now) {
    connection& c = s.connections[index];
    set_deadline(s, c, &deadlines::idle, never);
    if (!c.synchronized()) return give_up(s, index);
    if (!c.owned) return on_orphan_timer(s, index);
    if (c.kept == slab<kept_options>::none) return;
    kept_options const& k = s.kept[c.kept];
    if (user_gives_up(k, c) <= now) return give_up(s, index);
    if (k.corked_until <= now) uncork_once(s, index, now);
    std::uint32_t const generation = s.connections.generation(index);
    if (next_probe(s, k) <= now) probe(s, index, now);
    if (s.connections.find(index, generation) != nullptr) watch_idle(s, c);
}

}  // namespace stack::tcp
