// A socket on an Ethernet link: what comes to this machine with one EtherType, and frames to send.
#pragma once

#include "app/descriptor.hpp"
#include "daemon/device/neighbour_message.hpp"
#include "daemon/host/failure.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

struct sock_filter;

namespace tcpplexd {

/// Packets have no Ethernet header; longer ones than an Ethernet frame has are cut.
class packet_socket {
  public:
    /// Called from the loop; must not destroy the socket.
    using receiver =
        std::function<void(std::span<std::byte const> packet, ethernet_address const& from)>;

    /// Gets what has the EtherType `type` and passes `filter`, a program of classic BPF. Fails if
    /// the link is not there or no Ethernet, or without CAP_NET_RAW; the message says which.
    static host_result<std::unique_ptr<packet_socket>> open(boost::asio::io_context& io,
                                                            std::string const& link,
                                                            std::uint16_t type,
                                                            std::span<sock_filter const> filter,
                                                            receiver receive);

    ~packet_socket();
    packet_socket(packet_socket const&) = delete;
    packet_socket& operator=(packet_socket const&) = delete;

    /// What the link's Ethernet address is now.
    ethernet_address own_address() const;
    /// Sends at once or not at all.
    host_result<void> send(ethernet_address const& to, std::span<std::byte const> packet);

  private:
    packet_socket(boost::asio::io_context& io, app::descriptor socket, std::string link,
                  unsigned index, std::uint16_t type, receiver receive);
    void await();
    void read_some();

    app::descriptor socket_;
    std::string link_;
    unsigned index_;
    std::uint16_t type_;
    receiver receive_;
    boost::asio::posix::stream_descriptor ready_;  ///< of socket_, not owned
    /// What a handler on its way through the loop looks at: this is still there.
    std::shared_ptr<packet_socket*> self_ = std::make_shared<packet_socket*>(this);
};

}  // namespace tcpplexd
