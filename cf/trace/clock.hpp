// When a record was written.
#pragma once

#include <cstdint>

#include <time.h>

namespace cf::trace {

/// Nanoseconds since boot without the time the machine slept, the same for all processes. The
/// coarse clock: a tick (1 to 10 ms) late at most, at a third of the price of an exact one. Order
/// within a DVIPA is told by the numbers of records.
inline std::uint64_t now() {
    timespec at{};
    ::clock_gettime(CLOCK_MONOTONIC_COARSE, &at);
    return static_cast<std::uint64_t>(at.tv_sec) * 1'000'000'000U +
           static_cast<std::uint64_t>(at.tv_nsec);
}

}  // namespace cf::trace
