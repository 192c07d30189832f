// A rate limit that allows bursts.
#pragma once

#include "stack/core/time.hpp"

#include <algorithm>

namespace stack::ip {

/// `rate` tokens a second, at most `burst` saved up.
class token_bucket {
  public:
    constexpr token_bucket(unsigned rate, unsigned burst)
        : interval_(duration(std::chrono::seconds(1)) / rate), depth_(interval_ * burst) {}

    /// True if the thing may be done now.
    bool take(instant now) {
        // Credit is time not yet spent, since `spent_`.
        spent_ = std::max(spent_, now - depth_);
        if (spent_ + interval_ > now) return false;
        spent_ += interval_;
        return true;
    }

  private:
    duration interval_;
    duration depth_;
    instant spent_ = instant::min() + std::chrono::hours(1);
};

}  // namespace stack::ip
