// From a 4-tuple to what is alive of it, and from a local endpoint to its listener.
#pragma once

#include "stack/tcp/engine_state.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

enum class entity : std::uint8_t { connection, half_open, time_wait };

/// Which slab, and the place in it.
struct reference {
    entity kind = entity::connection;
    std::uint32_t index = 0;
};

std::optional<reference> find(engine_state const& s, four_tuple const& tuple);
/// The 4-tuple must not be there; what `to` names must carry it already.
void enter(engine_state& s, four_tuple const& tuple, reference to);
/// From one form of life to the next; the old object must still be there.
void hand_over(engine_state& s, four_tuple const& tuple, reference to);
/// What the 4-tuple named must still be there.
void remove(engine_state& s, four_tuple const& tuple);

/// One of exactly this endpoint.
std::optional<std::uint32_t> find_exact_listener(engine_state const& s, endpoint const& local);
/// A listener that takes a SYN to `local`: of its own host first, then of any. Of several the one
/// whose turn it is.
std::optional<std::uint32_t> find_listener(engine_state const& s, endpoint const& local);
/// visit(listener) for each that shares the SYNs to `local` with what find_listener() finds.
template <class Visitor>
void each_sharer(engine_state const& s, endpoint const& local, Visitor&& visit) {
    auto const first = find_listener(s, local);
    if (!first) return;
    std::uint32_t at = *first;
    do {
        listener const& l = s.listeners[at];
        if (l.name.covers(local.host)) visit(l);
        at = l.sharers.next;
    } while (at != *first);
}
/// Joins those that are on its endpoint already.
void enter_listener(engine_state& s, std::uint32_t index);
void remove_listener(engine_state& s, std::uint32_t index);
/// It is the first of its endpoint that is found from here on.
void give_turn(engine_state& s, std::uint32_t index);

}  // namespace stack::tcp
