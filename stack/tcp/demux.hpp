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

/// Exactly this endpoint.
std::optional<std::uint32_t> find_exact_listener(engine_state const& s, endpoint const& local);
/// The listener that takes a SYN to `local`: of its own host first, then of any.
std::optional<std::uint32_t> find_listener(engine_state const& s, endpoint const& local);
void enter_listener(engine_state& s, std::uint32_t index);
void remove_listener(engine_state& s, std::uint32_t index);

}  // namespace stack::tcp
