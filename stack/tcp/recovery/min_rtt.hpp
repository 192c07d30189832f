// The shortest round trip of the last minutes.
#pragma once

#include "stack/core/time.hpp"

#include <cstdint>

namespace stack::tcp {

/// RFC 8985 6.2 step 1 wants the minimum over a window of time: paths change. A minimum is believed
/// for five minutes, as in Linux.
class min_rtt {
  public:
    void sample(duration round_trip, instant now) {
        auto const r = static_cast<std::uint32_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(round_trip).count());
        auto const second = static_cast<std::uint32_t>(
            std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count());
        if (microseconds_ != 0 && r > microseconds_ && second - since_ < 300) return;
        microseconds_ = r == 0 ? 1 : r;
        since_ = second;
    }
    /// Zero before the first sample.
    duration value() const { return std::chrono::microseconds(microseconds_); }

  private:
    std::uint32_t microseconds_ = 0;
    std::uint32_t since_ = 0;
};

}  // namespace stack::tcp
