// Runs a shard on an event loop: reads the clock once a burst, drains events, sleeps until the next
// deadline.
#pragma once

#include "stack/shard/shard.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
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
    shard_loop(boost::asio::io_context& loop, stack::shard& core);

    stack::shard& core() { return core_; }
    boost::asio::io_context& io() { return loop_; }
    /// CLOCK_BOOTTIME, read once per burst.
    stack::instant now();
    void touch();
    /// The same for whoever brings many packets: between the two, calls into the shard are one
    /// burst, which end_burst() ends at once, without a way through the loop.
    void begin_burst();
    void end_burst() { flush(); }

    /// A cookie for a socket; its events are lost until somebody enrols for them.
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
    std::uint64_t last_cookie_ = 0;
    stack::instant now_{};
    stack::instant armed_ = idle;  ///< when the timer goes off
    bool touched_ = false;
    bool flushing_ = false;  ///< flush() is at work, and will see what is touched
};

/// CLOCK_BOOTTIME: counts while the machine is suspended, so a lease can be judged by it.
stack::instant boot_time();

}  // namespace tcpplexd
