// The node's part in SYSPLEXMONITOR: it looks, and does what follows.
#include "daemon/host/link_state.hpp"
#include "daemon/host/memory_limit.hpp"
#include "daemon/loop/log.hpp"
#include "daemon/node/node.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace tcpplexd {

namespace {

/// sysexits.h: EX_SOFTWARE.
constexpr int stalled_status = 70;

/// Not by the log, whose lock a thread may have that stands still, perhaps because nobody reads
/// standard error.
void write_at_once(std::string const& message) {
    auto const line = "tcpplexd: " + message + "\n";
    pollfd output{STDERR_FILENO, POLLOUT, 0};
    bool const has_room = ::poll(&output, 1, 0) == 1;
    if (!has_room || ::write(STDERR_FILENO, line.data(), line.size()) < 0) return;
}

void log_outcome(std::string const& problem) {
    if (!problem.empty()) log_message(severity::error, problem);
}

}  // namespace

sysplex_health node::health() const {
    auto const devices = devices_.device_names();
    bool const any_up = std::any_of(devices.begin(), devices.end(), is_link_up);
    return {.interfaces = devices.empty() || any_up,
            .partners = group_->others().size() < 2 || links_->reaches_any(),
            .memory = has_memory()};
}

bool node::has_memory() const {
    constexpr unsigned nearly_all = 90;
    auto most = memory_percent();
    for (auto* const each : loops_)
        most = std::max(most, each->run([](shard_loop& loop) { return loop.core().fullness(); }));
    return most < nearly_all;
}

/// What a thread that stands still can't do for itself.
void node::guard_against_stalls() {
    auto const& how = configuration_.global.monitor;
    bool const is_of_use = joined_ && !group_->others().empty();
    stall_guard::rules const rules{.patience = std::chrono::seconds(how.seconds),
                                   .recovery = how.recovery && is_of_use};
    if (stall_guard_) return stall_guard_->configure(rules);
    std::vector<boost::asio::io_context*> all;
    for (auto* const each : loops_)
        all.push_back(&each->io());
    stall_guard_ = std::make_unique<stall_guard>(
        host_.stack, all, rules,
        stall_guard::reactions{.tell = write_at_once, .end = [] { std::_Exit(stalled_status); }});
}

void node::watch_links() {
    auto opened = link_watch::open(loop_.io(), [this](std::string const& name) {
        for (auto const& problem : devices_.came_up(name, *settings_))
            log_message(severity::error, problem);
    });
    if (!opened) return log_message(severity::error, opened.error().message);
    link_watch_ = std::move(*opened);
}

void node::monitor() {
    guard_against_stalls();
    auto const& how = configuration_.global.monitor;
    monitor_timer_.expires_after(problem_detection::interval(how));
    monitor_timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        auto found = detection_.look(health(), configuration_.global.monitor,
                                     group_->others().empty(), cf::steady_clock::now());
        for (auto const& message : found.messages)
            log_message(severity::error, message);
        using action = problem_detection::action;
        if (found.todo == action::leave && joined_)
            leave_group([this](std::string const& problem) {
                log_outcome(problem.empty() ? "EZZ9676E SYSPLEX PROBLEM DETECTION CLEANUP HAS "
                                              "SUCCEEDED FOR " +
                                                  host_.stack
                                            : problem);
            });
        if (found.todo == action::rejoin && !joined_) join_group(log_outcome);
        monitor();
    });
}

}  // namespace tcpplexd
