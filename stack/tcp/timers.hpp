// Deadlines of connections, half-open entries and TIME-WAIT.
#pragma once

#include "stack/tcp/engine_state.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

/// Those of a connection that waits for nothing are all `never`.
inline deadlines const& deadlines_of(engine_state const& s, connection const& c) {
    static constexpr deadlines none;
    return c.deadlines == slab<deadlines>::none ? none : s.deadlines[c.deadlines];
}
/// `which` is a member of deadlines. arm_timer() must follow in this burst.
inline void set_deadline(engine_state& s, connection& c, instant deadlines::*which, instant when) {
    if (c.deadlines == slab<deadlines>::none) {
        if (when == never) return;
        c.deadlines = s.deadlines.emplace();
    }
    s.deadlines[c.deadlines].*which = when;
}
/// The connection waits for nothing any more.
void forget_deadlines(engine_state& s, connection& c);

/// Sees to it that the connection is looked at no later than its earliest deadline.
void arm_timer(engine_state& s, std::uint32_t index);
/// Runs what is due, limits::expirations_per_advance of each sort at most.
void run_timers(engine_state& s, instant now);
std::optional<instant> next_timer(engine_state const& s);

}  // namespace stack::tcp
