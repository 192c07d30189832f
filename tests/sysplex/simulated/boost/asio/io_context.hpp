// Boost.Asio's event loop in virtual time, as far as the daemon's sysplex part uses it.
#pragma once

#include "simulated_threads.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace boost::asio {

/// One thread calls run(); post() and timers may be used by any thread of the process.
class io_context {
  public:
    template <class Handler>
    void post(Handler handler) {
        auto shared = std::make_shared<Handler>(std::move(handler));
        ready_.push_back([shared] { (*shared)(); });
        sim::scheduler::current().wake(this);
    }
    /// Until stop().
    void run() {
        while (!stopped_)
            run_one();
    }
    void stop() {
        stopped_ = true;
        sim::scheduler::current().wake(this);
    }

    using timer_queue = std::multimap<cf::steady_clock::time_point, std::function<void()>>;
    timer_queue& timers() { return timers_; }

  private:
    void run_one() {
        auto& time = sim::scheduler::current();
        for (auto due = timers_.begin();
             due != timers_.end() && due->first <= cf::steady_clock::now(); due = timers_.begin()) {
            ready_.push_back(std::move(due->second));
            timers_.erase(due);
        }
        if (!ready_.empty()) {
            auto const next = std::move(ready_.front());
            ready_.pop_front();
            return next();
        }
        time.wait(this, timers_.empty() ? sim::never
                                        : cf::steady_clock::simulated(timers_.begin()->first));
    }

    std::deque<std::function<void()>> ready_;
    timer_queue timers_;
    bool stopped_ = false;
};

template <class Handler>
void post(io_context& loop, Handler handler) {
    loop.post(std::move(handler));
}

}  // namespace boost::asio
