#include "stack/tcp/path/discovery.hpp"

#include "stack/tcp/limits.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/recovery/recovery.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

path* path_of(engine_state& s, connection const& c) {
    return s.paths.find(c.tuple.local.host, c.tuple.remote.host);
}

std::uint16_t payload_in(connection const& c, std::uint16_t mtu) {
    return payload_of(c, mss_of(c.tuple, mtu));
}

/// A failed probe costs the path a packet and the sender nothing, so there must not be many.
duration pause_after_failure(connection const& c) {
    return 5 * c.rtt.smoothed();
}

/// RFC 4821 7.7: to a size that works over nearly all paths, then to the least; 0 if there is none
/// smaller.
std::uint16_t next_smaller(connection const& c) {
    bool const v4 = c.tuple.remote.host.is_v4();
    std::uint16_t const base = v4 ? limits::base_path_mtu_v4 : limits::min_path_mtu_v6;
    if (payload_in(c, base) < c.mss) return base;
    if (v4 && payload_in(c, limits::min_path_mtu_v4) < c.mss) return limits::min_path_mtu_v4;
    return 0;
}

}  // namespace

void follow_path(engine_state& s, connection& c) {
    path* const p = path_of(s, c);
    c.mss = p == nullptr ? c.mss_limit : std::min(c.mss_limit, payload_in(c, p->works));
    c.narrow = c.mss < c.mss_limit;
    if (p != nullptr && mss_of(c.tuple, p->works) >= path_mss(s, c.tuple))
        s.paths.forget(c.tuple.local.host, c.tuple.remote.host);
}

void path_is_narrow(engine_state& s, connection& c, std::uint16_t mtu, instant now) {
    flight* const f = flight_of(s, c);
    if (payload_in(c, mtu) >= c.mss) {
        // Of the probe, if it is about anything: the packets between are known to arrive.
        if (f == nullptr || f->path_probe <= mtu) return;
        if (path* const p = path_of(s, c)) p->refused(static_cast<std::uint16_t>(mtu + 1), now, {});
        f->path_probe = 0;
        return f->board.lose_if(s.sent, [](sent_range const& r) { return r.path_probe; });
    }
    s.paths.learn(c.tuple.local.host, c.tuple.remote.host).told(mtu, now);
    follow_path(s, c);
    // RFC 1191 6.5: what was in flight was too big, so it goes again; the network is not congested.
    if (f == nullptr) return;
    f->path_probe = 0;
    f->board.lose_all(s.sent);
}

void suspect_black_hole(engine_state& s, connection& c, instant now) {
    if (c.attempts <= limits::r1) return;
    std::uint16_t const smaller = next_smaller(c);
    if (smaller == 0 || c.outstanding() <= payload_in(c, smaller)) return;
    s.count(counter::path_black_holes);
    std::uint16_t const tried = packet_of(c, c.mss);
    s.paths.learn(c.tuple.local.host, c.tuple.remote.host)
        .lost(tried, smaller, now, pause_after_failure(c));
    follow_path(s, c);
}

std::uint32_t path_probe_due(engine_state& s, connection& c, instant now) {
    // Without SACK nobody could tell a lost probe from other losses.
    if (!c.sack || c.corked || c.cwr_owed || c.probe_out) return 0;
    flight const* const f = flight_of(s, c);
    if (f != nullptr && (f->path_probe != 0 || f->now_in != episode::none || f->board.lost() != 0 ||
                         f->board.sacked() != 0))
        return 0;
    path* const p = path_of(s, c);
    if (p == nullptr) return 0;
    std::uint16_t const size = p->probe_size(packet_of(c, c.mss_limit), now);
    if (size == 0) return 0;
    std::uint32_t const payload = payload_in(c, size);
    // RFC 4821 7.4: enough follows to show its loss without a timeout (RFC 6675, DupThresh).
    std::uint32_t const needed = payload + s.settings.duplicate_threshold * std::uint32_t{c.mss};
    std::uint32_t const out = distance(c.snd_una, c.snd_nxt);
    std::uint32_t const window = std::min(c.snd_wnd, c.send.size());
    if (window - std::min(window, out) < needed || c.congestion.window() < needed) return 0;
    return payload;
}

void widen_path(engine_state& s, connection& c, flight& f, instant now) {
    if (path* const p = path_of(s, c)) p->arrived(f.path_probe, now);
    f.path_probe = 0;
    s.count(counter::path_probes_arrived);
    follow_path(s, c);
}

bool only_path_probe_lost(engine_state& s, connection const& c, flight& f, instant now) {
    if (!f.board.only_path_probe_lost(s.sent)) return false;
    path* const p = f.path_probe == 0 ? nullptr : path_of(s, c);
    if (p != nullptr) p->refused(f.path_probe, now, pause_after_failure(c));
    f.path_probe = 0;
    return true;
}

}  // namespace stack::tcp
