// The reports by which the owners of DVIPAs weigh their targets: sent and received.
#pragma once

#include "daemon/loop/shard_loop.hpp"
#include "daemon/sysplex/mesh.hpp"
#include "stack/shard/settings.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <set>
#include <string_view>

namespace tcpplexd {

/// Tells each owner of a DVIPA that this stack is a target of, itself included: when it becomes the
/// owner, when it is met, after each poll interval, and when a backlog becomes full or has room
/// again, which is looked for every second.
class target_reports {
  public:
    /// `load` measures the idle processors in hundredths.
    target_reports(boost::asio::io_context& io, shard_loop& first, mesh& links,
                   std::function<std::uint32_t()> load)
        : timer_(io), first_(first), links_(links), load_(std::move(load)) {}

    /// The roles of this stack, and GLOBALCONFIG SYSPLEXWLMPOLL.
    void configure(stack::settings const& now, std::chrono::seconds poll);
    /// The link to `who` is new: what was sent over an older one may be lost.
    void member_reached(stack::member_id who);
    void on_message(stack::member_id from, std::string_view text);

  private:
    void look();
    void watch();
    void send_all();
    void send(stack::member_id to);

    boost::asio::steady_timer timer_;
    shard_loop& first_;
    mesh& links_;
    std::function<std::uint32_t()> load_;
    stack::member_id self_;
    std::chrono::seconds poll_{60};
    std::set<stack::member_id> owners_;
    stack::target_report last_;
    std::chrono::steady_clock::time_point sent_{};
    bool watching_ = false;
};

}  // namespace tcpplexd
