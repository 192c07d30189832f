// What UDP needs from the layers around it.
#pragma once

#include "stack/packet/fragments.hpp"
#include "stack/wire/bound_name.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstdint>

namespace stack::udp {

/// A datagram on its way out.
struct outgoing_datagram {
    endpoint source;
    endpoint destination;
    fragments payload;
    bool checksum = true;  ///< of IPv4; IPv6 always has one
    /// The largest IP packet that gets through, as far as the sender has been told; 0: as far as
    /// the route says. What is longer is cut.
    std::uint16_t path_mtu = 0;
};

/// The IP layer below. send() copies or transmits before it returns.
class datagram_sink {
  public:
    virtual ~datagram_sink() = default;
    virtual void send(outgoing_datagram const& datagram) = 0;
};

/// Who wants to know of the names that sockets are found by. Must not call the sockets back.
class name_observer {
  public:
    virtual ~name_observer() = default;
    /// A socket has the name from here on, or no longer; `remote` is empty unless it is connected.
    virtual void named(bound_name const& local, endpoint const& remote) = 0;
    virtual void unnamed(bound_name const& local, endpoint const& remote) = 0;
};

}  // namespace stack::udp
