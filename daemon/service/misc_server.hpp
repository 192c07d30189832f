// MISCSERV: the echo, discard and chargen services of the stack itself (RFC 862, 863, 864).
#pragma once

#include "daemon/loop/shard_loop.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace tcpplexd {

class misc_connection;

/// Listens on ports 7, 9 and 19 where a PORT statement gives them to job MISCSERV, and serves what
/// it accepts inside the shard; misc_datagrams has what there is of UDP.
class misc_server : public socket_user {
  public:
    /// `complain` gets a line when a port can't be listened on.
    misc_server(shard_loop& loop, std::function<void(std::string const&)> complain);
    ~misc_server() override;

    /// Opens and closes listeners so that they match the reservations; connections go on. One
    /// listener takes both families if the stack has an IPv6 address.
    void configure(stack::settings const& next);
    void on_event(stack::event const& what) override;

  private:
    friend class misc_connection;
    struct listener {
        stack::socket_id socket;
        stack::endpoint local;
    };

    void start(stack::endpoint const& local);
    void stop(std::uint64_t cookie);
    void accept_all(listener const& from);
    void ended(std::uint64_t cookie);

    shard_loop& loop_;
    std::function<void(std::string const&)> complain_;
    boost::unordered_flat_map<std::uint64_t, listener> listeners_;
    boost::unordered_flat_map<std::uint64_t, std::unique_ptr<misc_connection>> connections_;
};

}  // namespace tcpplexd
