#include "daemon/node/stall_guard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tcpplexd {

namespace {

/// How long between two looks: as often as for other problems.
std::chrono::milliseconds interval(stall_guard::rules const& how) {
    return std::max(how.patience / 4, std::chrono::milliseconds(1));
}

}  // namespace

stall_guard::stall_guard(std::string stack, std::vector<boost::asio::io_context*> const& loops,
                         rules const& first, reactions todo)
    : stack_(std::move(stack)),
      watch_(loops),
      todo_(std::move(todo)),
      rules_(first),
      thread_([this] { run(); }) {}

stall_guard::~stall_guard() {
    {
        std::lock_guard const guard(mutex_);
        stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

void stall_guard::configure(rules const& now) {
    std::lock_guard const guard(mutex_);
    rules_ = now;
}

void stall_guard::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        auto const how = rules_;
        auto const begun = clock::now();
        if (changed_.wait_for(lock, interval(how), [this] { return stopping_; })) return;
        lock.unlock();
        // A process that was stopped as a whole finds that much time has passed, and its loops are
        // not to blame: they go on now.
        auto const passed = std::min<clock::duration>(clock::now() - begun, 2 * interval(how));
        look(how, passed);
        lock.lock();
    }
}

void stall_guard::look(rules const& how, clock::duration passed) {
    auto const silent = watch_.look(passed, how.patience);
    if (!silent) {
        if (std::exchange(told_, false))
            todo_.tell(fmt::format("{}: relieved: its threads run again", stack_));
        return;
    }
    if (!std::exchange(told_, true))
        todo_.tell(fmt::format(
            "EZZ9674E {} SYSPLEX PROCESSING WAS NOT RESPONSIVE FOR AT LEAST {} "
            "SECONDS (shard {})",
            stack_, std::chrono::duration_cast<std::chrono::seconds>(how.patience).count(),
            *silent));
    if (how.recovery) todo_.end();
}

}  // namespace tcpplexd
