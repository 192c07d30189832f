// The clock by which proofs of life are judged.
#pragma once

#include <chrono>
#include <cstdint>

#include <time.h>

namespace cf {

/// CLOCK_BOOTTIME: counts while the machine sleeps, and nobody sets it.
struct boot_clock {
    using rep = std::int64_t;
    using period = std::nano;
    using duration = std::chrono::nanoseconds;
    using time_point = std::chrono::time_point<boot_clock, duration>;
    static constexpr bool is_steady = true;

    static time_point now() noexcept {
        timespec at{};
        ::clock_gettime(CLOCK_BOOTTIME, &at);
        return time_point(std::chrono::seconds(at.tv_sec) + std::chrono::nanoseconds(at.tv_nsec));
    }
};

}  // namespace cf
