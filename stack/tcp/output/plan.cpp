// What may leave next: windows, Nagle and silly-window avoidance.
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/recovery/recovery.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

bool small_in_flight(engine_state const& s, connection const& c) {
    flight const* const f = flight_of(s, c);
    return f != nullptr && after(f->snd_sml, c.snd_una);
}

// Whether a last segment of less than a full size may go. It carries all there is, or a window cut
// it short.
bool tail_may_go(engine_state const& s, connection const& c, std::uint32_t tail, bool drains,
                 bool cut_by_peer) {
    // RFC 9293 3.8.6.2.1 (3): a good part of the largest window the peer has shown
    if (!drains) return cut_by_peer && tail >= c.max_snd_wnd / 2;
    if (c.fin_queued) return true;
    if (c.corked) return false;
    // RFC 9293 3.7.4, Nagle; with Minshall's change, as in Linux: only another small segment makes
    // a small one wait, so that a message of one and a half segments does not wait for a delayed
    // acknowledgement.
    return !c.nagle || !small_in_flight(s, c);
}

// What has not been sent, and what the peer's window has room for.
struct waiting {
    std::uint32_t offset = 0;
    std::uint32_t unsent = 0;
    std::uint32_t offered = 0;
};

std::optional<waiting> find_waiting(connection const& c) {
    std::uint32_t const offset = distance(c.snd_una, c.snd_nxt);
    if (offset > c.send.size()) return std::nullopt;  // the FIN is out
    return waiting{offset, c.send.size() - offset, c.snd_wnd - std::min(c.snd_wnd, offset)};
}

std::optional<transmission> with_fin(connection const& c, waiting const& w, std::uint32_t length) {
    // The FIN needs room in the peer's window but none in the congestion window.
    bool const fin = c.fin_pending() && length == w.unsent && w.offered > length;
    if (length == 0 && !fin) return std::nullopt;
    return transmission{w.offset, length, fin};
}

}  // namespace

std::optional<transmission> next_transmission(engine_state const& s, connection const& c,
                                              std::uint32_t largest, std::uint32_t room) {
    auto const w = find_waiting(c);
    if (!w) return std::nullopt;
    std::uint32_t length = std::min({w->unsent, w->offered, room, largest});
    std::uint32_t const tail = length % c.mss;
    bool const cut_by_peer = length == w->offered;
    if (tail != 0 && !tail_may_go(s, c, tail, length == w->unsent, cut_by_peer)) length -= tail;
    return with_fin(c, *w, length);
}

std::optional<transmission> next_probe(connection const& c) {
    auto const w = find_waiting(c);
    if (!w) return std::nullopt;
    return with_fin(c, *w, std::min({w->unsent, w->offered, std::uint32_t{c.mss}}));
}

}  // namespace stack::tcp
