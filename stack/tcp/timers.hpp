// Deadlines of connections, half-open entries and TIME-WAIT.
#pragma once

#include "stack/tcp/engine_state.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

/// Sees to it that the connection is looked at no later than its earliest deadline.
void arm_timer(engine_state& s, std::uint32_t index);
/// Runs what is due, limits::expirations_per_advance of each sort at most.
void run_timers(engine_state& s, instant now);
std::optional<instant> next_timer(engine_state const& s);

}  // namespace stack::tcp
