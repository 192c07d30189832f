// What may leave next: windows, Nagle and silly-window avoidance.
#include "stack/tcp/output/output.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

// Whether a last segment of less than a full size may go. It carries all there is, or a window cut
// it short.
bool tail_may_go(connection const& c, std::uint32_t tail, bool drains, bool cut_by_peer) {
    // RFC 9293 3.8.6.2.1 (3): a good part of the largest window the peer has shown
    if (!drains) return cut_by_peer && tail >= c.max_snd_wnd / 2;
    if (c.fin_queued) return true;
    if (c.corked) return false;
    // RFC 9293 3.7.4, Nagle; with Minshall's change, as in Linux: only another small segment makes
    // a small one wait, so that a message of one and a half segments does not wait for a delayed
    // acknowledgement.
    return !c.nagle || !after(c.snd_sml, c.snd_una);
}

}  // namespace

std::optional<transmission> next_transmission(connection const& c, std::uint32_t largest,
                                              std::uint32_t room) {
    std::uint32_t const offset = distance(c.snd_una, c.snd_nxt);
    if (offset > c.send.size()) return std::nullopt;  // the FIN is out
    std::uint32_t const unsent = c.send.size() - offset;
    std::uint32_t const offered = c.snd_wnd - std::min(c.snd_wnd, offset);

    std::uint32_t length = std::min({unsent, offered, room, largest});
    std::uint32_t const tail = length % c.mss;
    bool const cut_by_peer = offset + length == c.snd_wnd;
    if (tail != 0 && !tail_may_go(c, tail, length == unsent, cut_by_peer)) length -= tail;
    // The FIN needs room in the peer's window but none in the congestion window.
    bool const fin = c.fin_pending() && length == unsent && c.snd_wnd > offset + length;
    if (length == 0 && !fin) return std::nullopt;
    return transmission{offset, length, fin};
}

}  // namespace stack::tcp
