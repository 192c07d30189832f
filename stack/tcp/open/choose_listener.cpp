#include "stack/tcp/open/choose_listener.hpp"

#include "stack/tcp/demux.hpp"

namespace stack::tcp {

namespace {

std::uint64_t load_of(listener const& l) {
    return std::uint64_t{l.opening.size()} + l.waiting.size();
}

bool is_emptier(listener const& a, listener const& b) {
    if (a.is_full() != b.is_full()) return b.is_full();
    return load_of(a) * b.backlog < load_of(b) * a.backlog;
}

}  // namespace

std::optional<std::uint32_t> choose_listener(engine_state& s, endpoint const& local) {
    auto const first = find_listener(s, local);
    if (!first || s.listeners[*first].sharers.next == *first) return first;
    std::uint32_t best = *first;
    auto at = s.listeners[*first].sharers.next;
    // Mostly the one whose turn it is has nothing to do, and there is none better.
    while (at != *first && load_of(s.listeners[best]) != 0) {
        listener const& l = s.listeners[at];
        if (l.name.covers(local.host) && is_emptier(l, s.listeners[best])) best = at;
        at = l.sharers.next;
    }
    give_turn(s, s.listeners[best].sharers.next);
    return best;
}

}  // namespace stack::tcp
