// An instant of the past in 32 bits.
#pragma once

#include "stack/core/time.hpp"

#include <chrono>
#include <cstdint>

namespace stack {

/// Good for one question only: how long ago was it? The answer is in whole ticks and right as long
/// as it is less than 2^32 of them (49 days of milliseconds, 71 minutes of microseconds); what lies
/// further back seems that much more recent. So it is for what may be asked wrongly once in a
/// while.
template <class Tick>
class short_instant {
  public:
    constexpr short_instant() = default;
    constexpr short_instant(instant when) : ticks_(ticks(when)) {}
    /// `now` must not be before it.
    constexpr duration age(instant now) const { return Tick(ticks(now) - ticks_); }

  private:
    static constexpr std::uint32_t ticks(instant when) {
        return static_cast<std::uint32_t>(
            std::chrono::duration_cast<Tick>(when.time_since_epoch()).count());
    }

    std::uint32_t ticks_ = 0;
};

}  // namespace stack
