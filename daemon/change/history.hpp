// The last configurations of a stack, in memory and in files, so that it can go back to one: after
// it was started again, too.
#pragma once

#include "daemon/host/failure.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <string>

namespace tcpplexd {

/// A configuration that the stack had, or has.
struct kept_configuration {
    std::uint64_t number = 0;  ///< counts up, also across starts
    std::int64_t time = 0;     ///< seconds since the epoch
    std::string by;            ///< the user who changed it
    std::string command;       ///< "VARY TCPIP,,OBEYFILE,x.obey", or how the stack was started
    std::string profile;       ///< that would recreate it
};

/// Used from the loop's thread; files are written by a thread of its own, so that no shard waits
/// for a disk. A file is there whole or not at all, whenever the process or the machine stops.
class history {
  public:
    static constexpr std::size_t most_kept = 10;

    /// `directory` is made if it is not there. Reads what is kept there; a file that is none of
    /// these is left alone, one that can't be read is a failure.
    static host_result<std::deque<kept_configuration>> read(std::string const& directory);

    history(boost::asio::io_context& loop, std::string directory,
            std::deque<kept_configuration> kept);
    ~history();
    history(history const&) = delete;
    history& operator=(history const&) = delete;

    /// The oldest first; the last one is the newest.
    std::deque<kept_configuration> const& kept() const { return kept_; }

    /// Keeps one more, with the next number, and forgets the oldest beyond most_kept. `done` runs
    /// on the loop, with an empty text when it is in its file, else with why it is not kept.
    void append(kept_configuration added, std::function<void(std::string const& problem)> done);

  private:
    std::string path_of(std::uint64_t number) const;

    boost::asio::io_context& loop_;
    std::string directory_;
    std::deque<kept_configuration> kept_;
    boost::asio::thread_pool writer_{1};
};

}  // namespace tcpplexd
