// Whether event loops run, as seen from outside them.
#pragma once

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace tcpplexd {

/// Asks each loop for a sign of life and counts how long it owes one. Reads no clock: whoever looks
/// says how much time has passed.
class loop_watch {
  public:
    using duration = std::chrono::steady_clock::duration;

    explicit loop_watch(std::vector<boost::asio::io_context*> const& loops);

    /// The first loop that has given no sign of life for `patience`.
    std::optional<std::size_t> look(duration passed, duration patience);

  private:
    struct watched {
        boost::asio::io_context* loop;
        std::shared_ptr<std::atomic<bool>> alive;  ///< the loop may answer when this is gone
        duration owed{};
    };
    static void ask(watched& whom);

    std::vector<watched> loops_;
};

}  // namespace tcpplexd
