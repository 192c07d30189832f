// Runs a shard on an event loop: reads the clock once a burst, drains events, sleeps until the next
// deadline.
#pragma once

#include "stack/shard/shard.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <cstdint>
#include <future>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace tcpplexd {

/// Gets the events of the sockets it opened. Told from the loop, never from inside a call into the
/// shard.
class socket_user {
  public:
    virtual ~socket_user() = default;
    virtual void on_event(stack::event const& what) = 0;
};

/// The same for UDP sockets.
class datagram_user {
  public:
    virtual ~datagram_user() = default;
    /// The socket opened with `cookie` has something to take.
    virtual void on_datagrams(std::uint64_t cookie) = 0;
};

/// One shard, one thread. Whoever calls into the shard calls touch() afterwards: the burst is
/// ended, and its events are handed out, when the handlers that are ready now have run.
class shard_loop {
  public:
    /// Loop `number` of the stack. Events of sockets that nobody here has enrolled for go to
    /// `home`, the loop of the first shard, if there is one.
    shard_loop(boost::asio::io_context& loop, stack::shard& core, std::size_t number = 0,
               shard_loop* home = nullptr);
    /// The thread that runs it from here on, if it is not the one that made it.
    void belongs_to(std::thread::id thread) { thread_ = thread; }

    /// call(*this) on the loop's thread, waited for: by the thread of the first shard, about
    /// another one, and never the other way round. For what applications and operators ask, never
    /// for packets.
    template <class Call>
    std::invoke_result_t<Call, shard_loop&> run(Call&& call) {
        if (thread_ == std::this_thread::get_id()) return call(*this);
        std::packaged_task<std::invoke_result_t<Call, shard_loop&>()> task(
            [&] { return call(*this); });
        auto outcome = task.get_future();
        boost::asio::post(loop_, [task = std::move(task)]() mutable { task(); });
        return outcome.get();
    }

    stack::shard& core() { return core_; }
    boost::asio::io_context& io() { return loop_; }
    /// CLOCK_BOOTTIME, read once per burst.
    stack::instant now();
    void touch();
    /// The same for whoever brings many packets: between the two, calls into the shard are one
    /// burst, which end_burst() ends at once, without a way through the loop.
    void begin_burst();
    void end_burst() { flush(); }

    /// A cookie for a socket, of which no loop of the stack has the same; its events are lost until
    /// somebody enrols for them. The highest byte of those of the first shard is 0.
    std::uint64_t new_cookie() { return ++last_cookie_; }
    /// Events with `cookie` go to `user`, until forget() or another user enrols.
    void enrol(std::uint64_t cookie, socket_user& user) { users_[cookie] = &user; }
    std::uint64_t enrol(socket_user& user);
    std::uint64_t enrol(datagram_user& user);
    void forget(std::uint64_t cookie);

  private:
    void flush();
    void run_burst();
    void hand_out();
    void tell(stack::event const& what);
    void arm();
    void await_deadline();

    static constexpr stack::instant idle = stack::instant::max();

    boost::asio::io_context& loop_;
    stack::shard& core_;
    boost::asio::steady_timer timer_;
    boost::unordered_flat_map<std::uint64_t, socket_user*> users_;
    boost::unordered_flat_map<std::uint64_t, datagram_user*> datagram_users_;
    std::vector<stack::event> batch_;
    std::vector<stack::udp::event> datagram_batch_;
    shard_loop* home_;
    std::thread::id thread_ = std::this_thread::get_id();
    std::uint64_t last_cookie_;
    stack::instant now_{};
    stack::instant armed_ = idle;  ///< when the timer goes off
    bool touched_ = false;
    bool flushing_ = false;  ///< flush() is at work, and will see what is touched
};

/// CLOCK_BOOTTIME: counts while the machine is suspended, so a lease can be judged by it.
stack::instant boot_time();

}  // namespace tcpplexd
