// The thread that waits for the coupling facility so that no shard does.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <cstddef>
#include <utility>

namespace tcpplexd {

/// Runs work one after the other, in the order given, and hands its results back to the loop. Used
/// from the loop's thread only.
class facility_thread {
  public:
    explicit facility_thread(boost::asio::io_context& loop) : loop_(loop) {}
    ~facility_thread() { stop(); }
    facility_thread(facility_thread const&) = delete;
    facility_thread& operator=(facility_thread const&) = delete;

    /// Waits for the work under way and forgets the rest: before those that gave it are destroyed.
    void stop() {
        worker_.stop();
        worker_.join();
    }

    /// Work that has been given and whose `done` has not run yet.
    std::size_t outstanding() const { return outstanding_; }

    /// `work()` runs on the facility thread, then `done(result)` on the loop.
    template <class Work, class Done>
    void run(Work work, Done done) {
        ++outstanding_;
        boost::asio::post(worker_, [this, work = std::move(work),
                                    done = std::move(done)]() mutable {
            boost::asio::post(loop_, [this, done = std::move(done), outcome = work()]() mutable {
                --outstanding_;
                done(std::move(outcome));
            });
        });
    }

  private:
    boost::asio::io_context& loop_;
    boost::asio::thread_pool worker_{1};
    std::size_t outstanding_ = 0;
};

}  // namespace tcpplexd
