// Many connections at once: opens them, has each echo, and holds them.
#pragma once

#include "operator/connect/echo.hpp"
#include "operator/connect/options.hpp"
#include "operator/connect/progress.hpp"
#include "operator/connect/summary.hpp"
#include "operator/context.hpp"
#include "operator/stream/poller.hpp"
#include "operator/stream/signals.hpp"

#include <deque>
#include <set>
#include <utility>
#include <vector>

namespace operators {

/// Reads the bytes for each connection from the input, prints progress and summary; the exit
/// status.
int run_batch(context const& with, connect_options const& options);

/// The connections of one run. First open_all(), then, if wanted, hold().
class connect_batch {
  public:
    /// `bytes` go to each connection.
    connect_batch(context const& with, connect_options const& options, app::client stack,
                  std::string bytes);

    /// Opens and exercises every connection; returns when each is settled or a signal came.
    void open_all();
    /// Keeps the connections until a signal comes; the number of those that broke meanwhile.
    std::size_t hold();

    connect_summary const& summary() const { return summary_; }
    bool interrupted() const { return interrupted_; }

  private:
    using clock = std::chrono::steady_clock;
    enum class phase : std::uint8_t { connecting, exchanging, closing, held, over };
    struct slot {
        phase at = phase::connecting;
        std::optional<echo_exchange> exchange;
    };

    void submit_more();
    void take_answers();
    void take(app::answer came);
    void lose_control(app::error const& why);
    void advance(std::uint64_t tag);
    void after_exchange(slot& of, std::uint64_t tag);
    void settle(slot& of, phase end);
    void settle_failed(slot& of, app::error const& why);
    void expire();
    void wait_and_handle();
    int wait_time() const;

    context const& with_;
    connect_options const& options_;
    app::client stack_;
    std::string bytes_;
    connect_summary summary_;
    progress_line progress_;
    poller poller_;
    end_signals signals_;
    std::vector<slot> slots_;  ///< the slot of request id n is n - 1
    std::deque<std::pair<clock::time_point, std::uint64_t>> deadlines_;
    std::set<std::string> reported_;  ///< kinds of failure already said
    std::size_t settled_ = 0;
    std::size_t broken_ = 0;
    bool control_lost_ = false;
    bool interrupted_ = false;
};

}  // namespace operators
