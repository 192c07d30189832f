// The node's part in SYSPLEXMONITOR: it looks, and does what follows.
#include "daemon/host/link_state.hpp"
#include "daemon/loop/log.hpp"
#include "daemon/node/node.hpp"

#include <algorithm>
#include <utility>

namespace tcpplexd {

namespace {

void log_outcome(std::string const& problem) {
    if (!problem.empty()) log_message(severity::error, problem);
}

}  // namespace

sysplex_health node::health() const {
    auto const devices = devices_.device_names();
    bool const any_up = std::any_of(devices.begin(), devices.end(), is_link_up);
    return {.interfaces = devices.empty() || any_up,
            .partners = group_->others().size() < 2 || links_->reaches_any()};
}

void node::monitor() {
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
