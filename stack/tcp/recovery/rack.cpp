#include "stack/tcp/recovery/rack.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

constexpr std::uint8_t recoveries_enlarged = 16;

duration reordering_window(engine_state const& s, connection const& c, flight const& f) {
    if (!c.reordering_seen) {
        bool const recovering = f.now_in == episode::recovery || f.now_in == episode::timeout;
        if (recovering || f.board.sacked() >= s.settings.duplicate_threshold * std::uint32_t{c.mss})
            return {};
    }
    return std::min<duration>(c.shortest.value() / 4 * c.reo_wnd_mult, c.rtt.smoothed());
}

bool sent_after(delivery::latest const& a, sent_range const& r) {
    return a.sent > r.sent || (a.sent == r.sent && after(a.end, r.end));
}

}  // namespace

void rack_update(connection& c, flight& f, delivery const& d, bool duplicate_sack) {
    if (d.reordered) c.reordering_seen = true;
    if (d.newest) {
        bool const later_one =
            !f.rack || d.newest->sent > f.rack->sent ||
            (d.newest->sent == f.rack->sent && after(d.newest->end, f.rack->end));
        if (later_one) {
            f.rack = d.newest;
            f.rack_rtt = d.now - d.newest->sent;
        }
    }
    // RFC 8985 6.2 4.2: something was sent again for nothing, so the window was too small; once a
    // round trip.
    if (!duplicate_sack || before(c.snd_una, f.dsack_round)) return;
    f.dsack_round = c.snd_nxt;
    c.reo_wnd_persist = recoveries_enlarged;
    if (c.reo_wnd_mult < 0xff) ++c.reo_wnd_mult;
}

duration rack_detect_losses(engine_state& s, connection const& c, flight& f, instant now) {
    duration wait{};
    if (!f.rack) return wait;
    duration const patience = f.rack_rtt + reordering_window(s, c, f);
    f.board.lose_if(s.sent, [&](sent_range const& r) {
        if (!sent_after(*f.rack, r)) return false;
        duration const left = r.sent + patience - now;
        if (left <= duration{}) return true;
        wait = std::max(wait, left);
        return false;
    });
    return wait;
}

void rack_mark_losses_on_timeout(engine_state& s, connection const& c, flight& f, instant now) {
    duration const patience = f.rack_rtt + reordering_window(s, c, f);
    f.board.lose_if(s.sent, [&](sent_range const& r) { return r.sent + patience <= now; });
    f.board.lose_front(s.sent, c.mss);
    f.board.forget_sacks_if_reneged(s.sent);
}

void rack_recovered(connection& c) {
    if (c.reo_wnd_persist == 0) return;
    if (--c.reo_wnd_persist == 0) c.reo_wnd_mult = 1;
}

}  // namespace stack::tcp
