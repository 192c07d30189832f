// When connections were made: how many in each tenth of a second, and the longest time without one.
#pragma once

#include "stack/core/time.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace load {

/// Tenths of a second count from the boot, so that the timelines of several processes fit together.
class timeline {
  public:
    void begin(stack::instant now) {
        first_ = bucket(now);
        last_ = now;
        longest_gap_ = {};
        counts_.clear();
    }
    void note(stack::instant now) {
        counts_.resize(std::max(counts_.size(), bucket(now) - first_ + 1));
        ++counts_.back();
        longest_gap_ = std::max(longest_gap_, now - last_);
        last_ = now;
    }
    /// {first, counts, longestGapMs}: `counts` begins in tenth `first` since the boot.
    boost::json::object shown() const {
        using milliseconds = std::chrono::duration<double, std::milli>;
        return {{"first", first_},
                {"counts", boost::json::array(counts_.begin(), counts_.end())},
                {"longestGapMs", milliseconds(longest_gap_).count()}};
    }

  private:
    static std::size_t bucket(stack::instant at) {
        return static_cast<std::size_t>(at.time_since_epoch() / std::chrono::milliseconds(100));
    }

    std::size_t first_ = 0;
    stack::instant last_{};
    stack::duration longest_gap_{};
    std::vector<std::uint32_t> counts_;
};

}  // namespace load
