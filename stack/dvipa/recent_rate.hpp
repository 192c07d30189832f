// A part of a whole over the last seconds.
#pragma once

#include <cstdint>

namespace stack::dvipa {

/// Each second in which there was something to count weighs as much as all before it, however much
/// it was: a burst does not outweigh what follows it. Seconds without anything lead back to 100 per
/// cent, slowly: nothing is known to be wrong, and a little is tried again.
class recent_rate {
  public:
    /// A second is over, in which `good` of `all` were as they should be.
    void add(std::uint64_t good, std::uint64_t all) {
        if (all == 0) {
            value_ += (whole - value_ + idle_part - 1) / idle_part;
            return;
        }
        // Towards both ends, so that they are reached.
        bool const better = good * whole >= value_ * all;
        auto const second = good * whole / all;
        value_ = (value_ + second + (better ? 1U : 0U)) / 2;
    }
    std::uint8_t percent() const {
        return static_cast<std::uint8_t>((value_ * 100 + whole / 2) / whole);
    }
    bool is_whole() const { return value_ == whole; }

  private:
    static constexpr std::uint64_t whole = 1U << 16U;
    static constexpr std::uint64_t idle_part = 32;

    std::uint64_t value_ = whole;
};

}  // namespace stack::dvipa
