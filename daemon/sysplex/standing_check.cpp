#include "daemon/sysplex/standing_check.hpp"

#include "daemon/loop/log.hpp"

#include <fmt/format.h>

namespace tcpplexd {

void standing_check::start() {
    timer_.expires_after(interval_);
    timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        left_ = facility_.dvipas();
        check_next();
    });
}

void standing_check::check_next() {
    if (left_.empty()) return start();
    auto const next = left_.back();
    left_.pop_back();
    worker_.run([this, next] { return facility_.verify(next); },
                [this](cf::result<cf::verification> const& outcome) {
                    report(outcome);
                    check_next();
                });
}

void standing_check::report(cf::result<cf::verification> const& outcome) {
    // A lock that another stack keeps is told by whoever needs a port; here the next round tries.
    if (!outcome) return;
    ++counters_.checks;
    for (auto const& each : outcome->violations) {
        ++counters_.violations;
        log_message(severity::error,
                    fmt::format("coupling facility: {}. Keep the output of tcpplex display cf "
                                "trace {} for a report; connections made stay as they are. Ending "
                                "the stacks named, or all of the sysplex, clears it",
                                each.text, outcome->address.to_string()));
    }
}

}  // namespace tcpplexd
