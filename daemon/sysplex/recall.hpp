// Asks other stacks for ports that they hold in blocks and do not use, and answers them.
#pragma once

#include "cf/connector.hpp"
#include "cf/threads.hpp"
#include "daemon/sysplex/facility_thread.hpp"
#include "daemon/sysplex/mesh.hpp"
#include "daemon/sysplex/recall_message.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <string_view>
#include <vector>

namespace tcpplexd {

/// On the loop. A holder that is asked gives the port back to the facility and says so; the asker
/// then asks the facility again, where the port is anyone's.
class recall {
  public:
    /// A holder that has not answered by then keeps its port.
    static constexpr std::chrono::milliseconds patience{250};

    struct counters {
        std::uint64_t asked = 0;      ///< requests of this stack
        std::uint64_t timed_out = 0;  ///< of these, without an answer of every holder
        std::uint64_t served = 0;     ///< requests of others that gave something back
    };

    recall(boost::asio::io_context& io, cf::connector& facility, facility_thread& worker,
           mesh& links);

    /// `done(gave)` when all of `holders` have answered, or time is up; at once if it was up for
    /// this port within the last second. `gave`: one at least has given something back. Port 0:
    /// any.
    void ask(stack::address const& dvipa, std::uint16_t port,
             std::vector<stack::member_id> const& holders, std::function<void(bool gave)> done);
    /// Whether a recall of the port has timed out within the last few seconds: the reason for a
    /// refusal.
    bool has_timed_out(stack::address const& dvipa, std::uint16_t port) const;
    counters const& counts() const { return counters_; }

    void on_message(stack::member_id from, std::string_view text);
    void member_gone(stack::member_id who);

  private:
    struct asking {
        recall_request what;
        std::vector<stack::member_id> awaited;
        std::function<void(bool)> done;
        bool gave = false;
        cf::steady_clock::time_point deadline;
    };
    struct expired {
        stack::address dvipa;
        std::uint16_t port = 0;
        cf::steady_clock::time_point when;
    };

    void answer(stack::member_id asker, recall_request const& request);
    void answered(stack::member_id by, recall_answer const& what);
    void arm();
    void expire();

    boost::asio::steady_timer timer_;
    cf::connector& facility_;
    facility_thread& worker_;
    mesh& links_;
    std::list<asking> asking_;  ///< oldest first
    std::deque<expired> expired_;
    std::uint32_t last_number_ = 0;
    counters counters_;
};

}  // namespace tcpplexd
