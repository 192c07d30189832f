// A timer of the simulated event loop.
#pragma once

#include "boost/asio/io_context.hpp"

#include <boost/system/error_code.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace boost::asio {

/// One wait at a time, which is all that the daemon asks for.
class steady_timer {
  public:
    explicit steady_timer(io_context& loop) : loop_(loop) {}
    ~steady_timer() { cancel(); }
    steady_timer(steady_timer const&) = delete;
    steady_timer& operator=(steady_timer const&) = delete;

    template <class Duration>
    void expires_after(Duration time) {
        expires_at(cf::steady_clock::now() +
                   std::chrono::duration_cast<cf::steady_clock::duration>(time));
    }
    void expires_at(cf::steady_clock::time_point at) {
        cancel();
        at_ = at;
    }
    template <class Handler>
    void async_wait(Handler handler) {
        waiting_ = std::make_shared<std::function<void(system::error_code)>>(std::move(handler));
        auto const due = [waiting = waiting_] {
            if (auto const told = std::exchange(*waiting, {})) told({});
        };
        loop_.timers().emplace(at_, due);
        sim::scheduler::current().wake(&loop_);
    }
    void cancel() {
        if (!waiting_ || !*waiting_) return;
        auto const told = std::exchange(*waiting_, {});
        waiting_.reset();
        loop_.post(
            [told] { told(system::errc::make_error_code(system::errc::operation_canceled)); });
    }

  private:
    io_context& loop_;
    cf::steady_clock::time_point at_{};
    std::shared_ptr<std::function<void(system::error_code)>> waiting_;
};

}  // namespace boost::asio
