// What cf/threads.hpp is in a simulation.
#pragma once

#include "scheduler.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace cf {

/// The clock of the machine that the calling thread runs on; nobody sets it.
struct steady_clock {
    using rep = std::int64_t;
    using period = std::nano;
    using duration = std::chrono::nanoseconds;
    using time_point = std::chrono::time_point<steady_clock, duration>;
    static constexpr bool is_steady = true;

    static time_point now() {
        auto const& here = sim::scheduler::current();
        return time_point(duration(here.here().local(here.now())));
    }
    static sim::nanos simulated(time_point at) {
        if (at == time_point::max()) return sim::never;
        return sim::scheduler::current().here().global(at.time_since_epoch().count());
    }
};
class mutex {
  public:
    mutex() = default;
    mutex(mutex const&) = delete;
    mutex& operator=(mutex const&) = delete;
    void lock() {
        while (locked_)
            sim::scheduler::current().wait(this, sim::never);
        locked_ = true;
    }
    bool try_lock() { return !std::exchange(locked_, true); }
    void unlock() {
        locked_ = false;
        sim::scheduler::current().wake(this);
    }

  private:
    bool locked_ = false;
};

class condition {
  public:
    void notify_all() { sim::scheduler::current().wake(this); }
    template <class Holds>
    bool wait_until(std::unique_lock<mutex>& guard, steady_clock::time_point deadline,
                    Holds holds) {
        auto const until = steady_clock::simulated(deadline);
        while (!holds()) {
            guard.unlock();
            bool const in_time = sim::scheduler::current().wait(this, until);
            guard.lock();
            if (!in_time) return holds();
        }
        return true;
    }
    template <class Duration, class Holds>
    bool wait_for(std::unique_lock<mutex>& guard, Duration time, Holds holds) {
        return wait_until(guard, steady_clock::now() + time, std::move(holds));
    }
};

class thread {
  public:
    thread() = default;
    explicit thread(std::function<void()> body)
        : task_(sim::scheduler::current().start(std::move(body))) {}
    bool joinable() const { return task_ != nullptr; }
    void join() {
        auto& here = sim::scheduler::current();
        while (!here.is_over(*task_))
            here.wait(task_.get(), sim::never);
        task_.reset();
    }

  private:
    std::shared_ptr<sim::scheduler::task> task_;
};

}  // namespace cf
