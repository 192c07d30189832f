// A pool of one thread in virtual time.
#pragma once

#include "simulated_threads.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <utility>

namespace boost::asio {

class thread_pool {
  public:
    explicit thread_pool(int) : thread_([this] { run(); }) {}

    void stop() {
        stopped_ = true;
        sim::scheduler::current().wake(this);
    }
    void join() {
        if (thread_.joinable()) thread_.join();
    }
    template <class Work>
    void post(Work work) {
        auto shared = std::make_shared<Work>(std::move(work));
        queue_.push_back([shared] { (*shared)(); });
        sim::scheduler::current().wake(this);
    }

  private:
    void run() {
        while (!stopped_) {
            if (queue_.empty()) {
                sim::scheduler::current().wait(this, sim::never);
                continue;
            }
            auto const next = std::move(queue_.front());
            queue_.pop_front();
            next();
        }
    }

    std::deque<std::function<void()>> queue_;
    bool stopped_ = false;
    cf::thread thread_;
};

template <class Work>
void post(thread_pool& pool, Work work) {
    pool.post(std::move(work));
}

}  // namespace boost::asio
