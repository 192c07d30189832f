// Time that passes when something happens.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <tuple>
#include <utility>
#include <vector>

namespace cf::sim {

/// Events in the order of their time, those of one time in the order in which they were made.
class virtual_time {
  public:
    std::int64_t now() const { return now_; }  ///< microseconds
    void at(std::int64_t delay, std::function<void()> action) {
        queue_.push({now_ + delay, ++order_, std::move(action)});
    }
    /// Lets the next event happen; false if there is none.
    bool pass() {
        if (queue_.empty()) return false;
        auto next = queue_.top();
        queue_.pop();
        now_ = next.when;
        next.action();
        return true;
    }

  private:
    struct event {
        std::int64_t when;
        std::uint64_t order;
        std::function<void()> action;
        bool operator<(event const& other) const {
            return std::tie(when, order) > std::tie(other.when, other.order);
        }
    };
    std::priority_queue<event> queue_;
    std::int64_t now_ = 0;
    std::uint64_t order_ = 0;
};

}  // namespace cf::sim
