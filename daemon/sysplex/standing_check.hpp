// The check of the facility's structures that runs as long as the stack does.
#pragma once

#include "cf/connector.hpp"
#include "daemon/sysplex/facility_thread.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <vector>

namespace tcpplexd {

struct check_counters {
    std::uint64_t checks = 0;      ///< DVIPAs verified
    std::uint64_t violations = 0;  ///< found in all of them
};

/// Every `interval` verifies all DVIPAs, one after the other, on the facility thread. A violation
/// is logged as an error, with what to do.
class standing_check {
  public:
    standing_check(boost::asio::io_context& io, cf::connector& facility, facility_thread& worker,
                   std::chrono::milliseconds interval = std::chrono::seconds(30))
        : timer_(io), facility_(facility), worker_(worker), interval_(interval) {}

    void start();
    check_counters const& counters() const { return counters_; }

  private:
    void check_next();
    void report(cf::result<cf::verification> const& outcome);

    boost::asio::steady_timer timer_;
    cf::connector& facility_;
    facility_thread& worker_;
    std::chrono::milliseconds interval_;
    std::vector<cf::dvipa> left_;  ///< of this round
    check_counters counters_;
};

}  // namespace tcpplexd
