// The few things the kernel of this network namespace is told and asked: routes, addresses, links.
#pragma once

#include "daemon/host/netlink_session.hpp"
#include "stack/wire/address.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tcpplexd {

/// An address that the kernel answers for.
struct assigned_address {
    std::string link;
    stack::address host;
    std::uint8_t prefix_length = 0;
    friend bool operator==(assigned_address const&, assigned_address const&) = default;
};

/// How the kernel would send to a destination.
struct kernel_route {
    std::string link;
    std::optional<stack::address> gateway;  ///< absent: the destination is on the link
    std::optional<stack::address> source;   ///< the source address a socket bound to none would get
    bool local = false;                     ///< the destination is the kernel's own
};

/// Failures name the object, the kernel's reason and the remedy. Routes and addresses on a
/// non-persistent TUN device end with the device, so nothing has to be undone after a crash. Not
/// for concurrent use.
class kernel_network {
  public:
    /// Speaks of the network namespace of the calling thread.
    static host_result<kernel_network> open();

    /// Routes `destination` over `link`. One that is there already is fine; one over another link
    /// is a failure.
    host_result<void> add_route(stack::prefix const& destination, std::string const& link);
    /// Takes such a route back; one that is not there is fine.
    host_result<void> remove_route(stack::prefix const& destination, std::string const& link);
    /// Gives the kernel an address of its own on `link`. One that is there already is fine.
    host_result<void> add_address(stack::prefix const& address, std::string const& link);
    /// Administratively up (`ip link set LINK up`).
    host_result<void> set_up(std::string const& link);

    /// All addresses of the namespace, both families, in the kernel's order.
    host_result<std::vector<assigned_address>> addresses();
    /// What `ip route get` says; nothing if the destination is unreachable.
    host_result<std::optional<kernel_route>> route_to(stack::address const& destination);

  private:
    explicit kernel_network(netlink_session session) : session_(std::move(session)) {}
    int change_route(int type, int flags, stack::prefix const& destination, unsigned link);

    netlink_session session_;
};

}  // namespace tcpplexd
