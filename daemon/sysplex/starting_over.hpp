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
    /// `done` when nothing is left in the facility, and the lease is active.
    starting_over(boost::asio::io_context& io, cf::connector& facility, facility_thread& worker,
                  std::function<void()> done)
        : again_(io), facility_(facility), worker_(worker), done_(std::move(done)) {}

    /// Again until it is done, or the lease has run out once more: then it is begun anew.
    void begin();

  private:
    void begin_later();

    boost::asio::steady_timer again_;
    cf::connector& facility_;
    facility_thread& worker_;
    std::function<void()> done_;
    bool under_way_ = false;
};

}  // namespace tcpplexd
