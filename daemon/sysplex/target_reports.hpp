// The reports by which the owners of DVIPAs weigh their targets: sent and received.
#pragma once

#include "daemon/loop/shard_loop.hpp"
#include "daemon/sysplex/mesh.hpp"
#include "stack/dvipa/server_health.hpp"
#include "stack/shard/settings.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace tcpplexd {

/// Tells each owner of a DVIPA that this stack is a target of, itself included: when it becomes the
/// owner, when it is met, after each poll interval, and each second in which it has measured that a
/// server does better or worse than it told last.
class target_reports {
  public:
    /// `loops` of all shards, the first of which runs on `io`; `load` measures the idle processors
    /// in hundredths.
    target_reports(boost::asio::io_context& io, std::vector<shard_loop*> const& loops, mesh& links,
                   std::function<std::uint32_t()> load)
        : io_(io), timer_(io), loops_(loops), links_(links), load_(std::move(load)) {}

    /// The roles of this stack, and GLOBALCONFIG SYSPLEXWLMPOLL.
    void configure(stack::settings const& now, std::chrono::seconds poll);
    /// The link to `who` is new: what was sent over an older one may be lost.
    void member_reached(stack::member_id who);
    void on_message(stack::member_id from, std::string_view text);

  private:
    stack::shard& first() { return loops_.front()->core(); }
    void watch();
    void add(stack::served_services const& counted);
    void look();
    void send_all();
    void send(stack::member_id to);

    boost::asio::io_context& io_;
    boost::asio::steady_timer timer_;
    std::vector<shard_loop*> const& loops_;
    mesh& links_;
    std::function<std::uint32_t()> load_;
    stack::member_id self_;
    std::chrono::seconds poll_{60};
    std::set<stack::member_id> owners_;
    stack::served_services counted_;  ///< by the shards that have answered
    std::size_t missing_ = 0;         ///< those that have not
    stack::dvipa::server_health health_;
    stack::target_report last_;
    std::chrono::steady_clock::time_point sent_{};
    bool watching_ = false;
};

}  // namespace tcpplexd
