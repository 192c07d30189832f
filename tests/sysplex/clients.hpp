// Programs that use a stack: clients that open connections, and a server that echoes.
#pragma once

#include "boost/asio/steady_timer.hpp"
#include "daemon/loop/shard_loop.hpp"
#include "way.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace sim {

struct client_counts {
    std::uint64_t asked = 0;      ///< connections tried
    std::uint64_t connected = 0;  ///< of these, made
    std::uint64_t echoed = 0;     ///< of these, those that had their bytes back
};

/// Opens a connection now and then, sends a few bytes, waits for their echo, keeps the connection
/// for a while and closes or resets it.
class clients final : public tcpplexd::socket_user {
  public:
    clients(boost::asio::io_context& io, tcpplexd::shard_loop& loop, dice& fate,
            std::vector<stack::endpoint> servers, std::size_t most);

    void start() { pause(); }
    /// No new ones; those there are end soon.
    void stop() { stopping_ = true; }
    client_counts const& counts() const { return counts_; }
    std::size_t live() const { return sockets_.size(); }

    void on_event(stack::event const& what) override;

  private:
    void pause();
    void turn();
    void open();
    void end(std::uint64_t cookie);
    void echoed(std::uint64_t cookie);

    struct connection {
        stack::socket_id socket;
        std::size_t missing = 0;  ///< bytes of the echo
        nanos until = 0;          ///< of the machine's clock: it is closed then
        bool established = false;
    };

    boost::asio::steady_timer timer_;
    tcpplexd::shard_loop& loop_;
    dice& fate_;
    std::vector<stack::endpoint> servers_;
    std::size_t most_;
    std::map<std::uint64_t, connection> sockets_;  ///< by cookie
    client_counts counts_;
    bool stopping_ = false;
};

/// Accepts on some ports and sends back what comes.
class echo_server final : public tcpplexd::socket_user {
  public:
    echo_server(tcpplexd::shard_loop& loop, std::vector<stack::endpoint> const& at);
    /// Closes the listeners; connections end with their clients.
    void stop();
    void on_event(stack::event const& what) override;

  private:
    void echo(std::uint64_t cookie);

    tcpplexd::shard_loop& loop_;
    std::vector<stack::socket_id> listeners_;
    std::map<std::uint64_t, stack::socket_id> sockets_;
};

}  // namespace sim
