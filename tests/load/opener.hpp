// Opens connections of a stack in large numbers, and resets them.
#pragma once

#include "daemon/loop/shard_loop.hpp"
#include "timeline.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace load {

/// One task at a time. Its answer counts what became of each attempt.
class opener : public tcpplexd::socket_user {
  public:
    using answer = std::function<void(boost::json::object)>;

    explicit opener(tcpplexd::shard_loop& loop);

    /// Opens `count` connections to the places in turn, as fast as they are answered, and keeps
    /// them.
    void open(std::size_t count, std::vector<stack::endpoint> places, answer done);
    /// Resets the oldest `count` connections.
    void reset(std::size_t count, answer const& done);
    /// Opens `rate` connections a second to the places in turn, and resets each at once. The answer
    /// has their timeline.
    void churn(std::uint32_t rate, std::chrono::seconds time, std::vector<stack::endpoint> places,
               answer done);

    void on_event(stack::event const& what) override;

  private:
    void begin(std::vector<stack::endpoint> places, answer done);
    void open_one();
    void fill();
    void tick();
    void end_if_done();

    tcpplexd::shard_loop& loop_;
    boost::asio::steady_timer timer_;
    std::uint64_t cookie_;
    std::deque<stack::socket_id> kept_;
    std::uint64_t broken_ = 0;  ///< connections that failed after they were open

    // the task
    answer done_;
    std::vector<stack::endpoint> places_;
    std::size_t next_place_ = 0;
    std::size_t left_ = 0;
    std::size_t under_way_ = 0;
    std::size_t connected_ = 0;
    std::map<std::string, std::size_t> failed_;
    bool keep_ = true;
    std::uint32_t rate_ = 0;
    stack::instant started_{};
    stack::duration time_{};
    std::size_t begun_ = 0;
    timeline made_;
};

}  // namespace load
