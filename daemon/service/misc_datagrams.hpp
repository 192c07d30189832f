// The services of MISCSERV over UDP (RFC 862, 863, 864).
#pragma once

#include "daemon/loop/shard_loop.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace tcpplexd {

/// Has a socket on each of ports 7, 9 and 19 of UDP that a PORT statement gives to job MISCSERV. A
/// datagram from a port below 1024 gets no answer: two services could answer each other for ever.
class misc_datagrams : public datagram_user {
  public:
    /// `loop`: of the first shard, which has all UDP sockets. `complain` gets a line when a port
    /// can't be bound.
    misc_datagrams(shard_loop& loop, std::function<void(std::string const&)> complain)
        : loop_(loop), complain_(std::move(complain)) {}

    /// Opens and closes sockets so that they match the reservations.
    void configure(stack::settings const& next);
    void on_datagrams(std::uint64_t cookie) override;

  private:
    struct bound {
        stack::udp::socket_id socket;
        stack::endpoint local;
    };

    void start(stack::endpoint const& local);
    void stop(std::uint64_t cookie);
    void answer(bound const& at, stack::udp::received_datagram const& asked);

    shard_loop& loop_;
    std::function<void(std::string const&)> complain_;
    boost::unordered_flat_map<std::uint64_t, bound> sockets_;
};

}  // namespace tcpplexd
