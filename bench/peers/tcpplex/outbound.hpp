// Connections that the stack itself opens, inside the daemon: without control socket and
// descriptors in the way.
#pragma once

#include "control_socket.hpp"
#include "daemon/loop/shard_loop.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>

namespace peers {

/// Carries out orders: so many cycles at once of connect, the peer's FIN, close. Lives as long as
/// the loop has it wait for orders.
class outbound : public tcpplexd::socket_user, public std::enable_shared_from_this<outbound> {
  public:
    outbound(tcpplexd::shard_loop& loop, std::string const& control);
    ~outbound() override;

    void await_order();
    void on_event(stack::event const& what) override;

  private:
    void begin(outbound_order const& order);
    void open_one();
    void end(stack::socket_id socket);

    tcpplexd::shard_loop& loop_;
    control_socket control_;
    boost::asio::posix::stream_descriptor ready_;  ///< of the control socket, not owned
    boost::asio::steady_timer timer_;
    std::uint64_t cookie_;
    stack::endpoint partner_{};
    bool opens_ = false;
    unsigned long cycles_ = 0;
};

}  // namespace peers
