// GLOBALCONFIG SYSPLEXMONITOR: a stack whose threads stand still is of no use to its group.
#pragma once

#include "daemon/loop/loop_watch.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tcpplexd {

/// Watches the loops from a thread of its own. A loop that stands still can leave no group, and
/// nobody else may touch what is its own: all that is safe is to end the process, whose devices go
/// with it and whose ports the other stacks recover, as after any death.
class stall_guard {
  public:
    struct rules {
        std::chrono::milliseconds patience{};  ///< TIMERSECS
        bool recovery = false;                 ///< end, and do not only say so
        friend bool operator==(rules const&, rules const&) = default;
    };
    /// Both are called on the guard's thread, while other threads stand still with whatever locks
    /// they have.
    struct reactions {
        std::function<void(std::string const& message)> tell;
        std::function<void()> end;
    };

    stall_guard(std::string stack, std::vector<boost::asio::io_context*> const& loops,
                rules const& first, reactions todo);
    ~stall_guard();
    stall_guard(stall_guard const&) = delete;
    stall_guard& operator=(stall_guard const&) = delete;

    void configure(rules const& now);

  private:
    using clock = std::chrono::steady_clock;

    void run();
    void look(rules const& how, clock::duration passed);

    std::string stack_;
    loop_watch watch_;
    reactions todo_;
    bool told_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
    rules rules_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tcpplexd
