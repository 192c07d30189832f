// Whether the connections that an owner hands to a target get there (TCSR).
#pragma once

#include "stack/dvipa/recent_rate.hpp"

#include <algorithm>
#include <cstdint>

namespace stack::dvipa {

class arrivals {
  public:
    void handed() { ++handed_; }
    /// The target has said that it has them, or that it got them and had no room.
    void arrived(std::uint64_t count = 1) { arrived_ += count; }
    /// False: nothing is left to be measured.
    bool end_second() {
        // One handed over is given the second after it to arrive in.
        auto const late = std::min(arrived_, awaited_);
        auto const at_once = std::min(arrived_ - late, handed_);
        auto const lost = awaited_ - late;
        awaited_ = handed_ - at_once;
        auto const known = late + at_once + lost;
        if (known != 0 || awaited_ == 0) rate_.add(late + at_once, known);
        handed_ = arrived_ = 0;
        return awaited_ != 0 || !rate_.is_whole();
    }
    std::uint8_t percent() const { return rate_.percent(); }

  private:
    std::uint64_t handed_ = 0;   // in this second
    std::uint64_t arrived_ = 0;  // in this second
    std::uint64_t awaited_ = 0;  // handed over in the second before, and not arrived in it
    recent_rate rate_;
};

}  // namespace stack::dvipa
