// After a fence: what the facility still has of this stack is given back, before it takes part
// again.
#pragma once

#include "cf/connector.hpp"
#include "daemon/sysplex/facility_thread.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <utility>

namespace tcpplexd {

/// One at a time: what is taken after the first has ended would be given back by a second.
class starting_over {
  public:
    /// `done` when nothing is left in the facility.
    starting_over(boost::asio::io_context& io, cf::connector& facility, facility_thread& worker,
                  std::function<void()> done)
        : again_(io), facility_(facility), worker_(worker), done_(std::move(done)) {}

    /// Again until it is done, or interrupted.
    void begin();
    /// The stack is fenced once more: `done` waits for the next begin(), also if the facility
    /// answers before.
    void interrupt() { interrupted_ = true; }

  private:
    void begin_later();

    boost::asio::steady_timer again_;
    cf::connector& facility_;
    facility_thread& worker_;
    std::function<void()> done_;
    bool under_way_ = false;
    bool interrupted_ = false;
};

}  // namespace tcpplexd
