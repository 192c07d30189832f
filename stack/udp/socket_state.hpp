// What is known about one UDP socket.
#pragma once

#include "stack/core/index_list.hpp"
#include "stack/core/time.hpp"
#include "stack/udp/datagram_queue.hpp"
#include "stack/wire/bound_name.hpp"

#include <boost/system/error_code.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace stack::udp {

/// What a socket has sent and received; payload bytes.
struct traffic {
    std::uint64_t datagrams_in = 0;
    std::uint64_t datagrams_out = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    std::uint64_t datagrams_lost = 0;  ///< the queue was full
};

struct socket_state {
    std::string job;
    std::uint64_t cookie = 0;
    std::uint32_t number = 0;
    bound_name bound;  ///< port 0: no name yet
    bool reuse = false;
    bool dead = false;                ///< its address is gone; waits for close()
    endpoint remote;                  ///< port 0: not connected
    address source;                   ///< while connected: where from
    boost::system::error_code error;  ///< what ICMP said, until the user has asked
    struct path {
        std::uint16_t mtu = 0;
        instant since;
    };
    std::optional<path> narrow;  ///< a path that was too narrow for what was sent
    datagram_queue queue;
    traffic count;
    index_links on_port;

    bool has_name() const { return bound.local.port != 0; }
    bool connected() const { return remote.port != 0; }
    /// The local side of name().
    bound_name local_name() const {
        return connected() ? bound_name(endpoint{source, bound.local.port}) : bound;
    }
    /// What datagrams are found by: remote is empty unless connected.
    four_tuple name() const {
        return {{connected() ? source : bound.local.host, bound.local.port}, remote};
    }
};

}  // namespace stack::udp
