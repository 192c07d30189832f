// Time as the core sees it: an argument, never a reading.
#pragma once

#include <chrono>
#include <cstdint>

namespace stack {

/// The clock of instants. It has no now(): only the edges (daemon, simulator) read a clock, once
/// per burst, and pass the instant in. Epoch: whatever the edge chose, the same for all calls into
/// one shard.
struct stack_clock {
    using rep = std::int64_t;
    using period = std::nano;
    using duration = std::chrono::nanoseconds;
    using time_point = std::chrono::time_point<stack_clock, duration>;
    static constexpr bool is_steady = true;
};

using duration = stack_clock::duration;
using instant = stack_clock::time_point;

}  // namespace stack
