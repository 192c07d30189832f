// A link on which the stack answers for addresses of its own, as if the kernel had them there.
#pragma once

#include "daemon/device/packet_socket.hpp"
#include "stack/tun/fence.hpp"
#include "stack/wire/address.hpp"

#include <boost/asio/io_context.hpp>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace tcpplexd {

/// All there is of it in the kernel are sockets, so it ends with the process, however that ends. A
/// fenced stack answers for nothing that is guarded.
class announced_link {
  public:
    /// `fence` is asked before each message.
    announced_link(boost::asio::io_context& io, std::string name, stack::tun::fence const& fence);

    std::string const& name() const { return name_; }
    /// Answers for `addresses` from here on, and for no others. Returns what the kernel refused.
    std::vector<std::string> answer_for(std::set<stack::address> const& addresses);
    /// Tells all neighbours that `host`, one of those addresses, is here. Fails if the link is gone
    /// or down.
    host_result<void> announce(stack::address const& host);

  private:
    host_result<void> listen(std::unique_ptr<packet_socket>& socket, bool wanted, bool v4);
    host_result<void> join(stack::address const& host);
    void on_arp(std::span<std::byte const> message);
    void on_ipv6(std::span<std::byte const> packet, ethernet_address const& from);
    bool may_answer_for(stack::address const& host) const;

    boost::asio::io_context& io_;
    std::string name_;
    unsigned index_ = 0;  ///< of the link that the sockets are of; a new one may have its name
    stack::tun::fence const& fence_;
    std::set<stack::address> addresses_;
    std::unique_ptr<packet_socket> arp_;   ///< while there is an IPv4 address
    std::unique_ptr<packet_socket> ipv6_;  ///< while there is an IPv6 address
    /// Those of IPv6, each a member of the group that its solicitations come to.
    std::map<stack::address, app::descriptor> groups_;
};

}  // namespace tcpplexd
