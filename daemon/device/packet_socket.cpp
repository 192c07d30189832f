#include "daemon/device/packet_socket.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <sys/socket.h>

namespace tcpplexd {
namespace {

constexpr std::size_t longest_packet = 1500;
/// Packets taken before timers and the other descriptors get their turn.
constexpr int turn = 64;

// bind, getsockname and the like take any address as a sockaddr.
sockaddr* generic(sockaddr_ll& address) {
    return reinterpret_cast<sockaddr*>(&address);
}

sockaddr_ll on_link(unsigned index, std::uint16_t type) {
    sockaddr_ll result{};
    result.sll_family = AF_PACKET;
    result.sll_protocol = htons(type);
    result.sll_ifindex = static_cast<int>(index);
    return result;
}

failure refused(std::string const& link, int error, std::string_view remedy) {
    return {fmt::format("answering for DVIPAs on {}: {}; {}", link, std::strerror(error), remedy)};
}

bool attach(int socket, std::span<sock_filter const> filter) {
    // The kernel takes a mutable pointer that it only reads.
    sock_fprog const program{static_cast<unsigned short>(filter.size()),
                             const_cast<sock_filter*>(filter.data())};
    return ::setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0;
}

sockaddr_ll name_of(int socket) {
    sockaddr_ll name{};
    socklen_t size = sizeof name;
    ::getsockname(socket, generic(name), &size);
    return name;
}

ethernet_address ethernet_of(sockaddr_ll const& name) {
    ethernet_address result{};
    std::copy_n(std::begin(name.sll_addr), result.size(), result.begin());
    return result;
}

}  // namespace

host_result<std::unique_ptr<packet_socket>> packet_socket::open(boost::asio::io_context& io,
                                                                std::string const& link,
                                                                std::uint16_t type,
                                                                std::span<sock_filter const> filter,
                                                                receiver receive) {
    unsigned const index = if_nametoindex(link.c_str());
    if (index == 0)
        return refused(link, ENODEV, "it must exist in the network namespace of the stack");
    // Without a protocol it gets nothing until it is bound to the link.
    app::descriptor socket(::socket(AF_PACKET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!socket) return refused(link, errno, "run as root or with CAP_NET_RAW");
    auto name = on_link(index, type);
    if (!attach(socket.get(), filter) || ::bind(socket.get(), generic(name), sizeof name) != 0)
        return refused(link, errno, "see that the link is there, or name another in 'announce'");
    if (name_of(socket.get()).sll_hatype != ARPHRD_ETHER)
        return failure{fmt::format(
            "{} in 'announce' is no Ethernet link: name one that has an Ethernet address", link)};
    return std::unique_ptr<packet_socket>(
        new packet_socket(io, std::move(socket), link, index, type, std::move(receive)));
}

packet_socket::packet_socket(boost::asio::io_context& io, app::descriptor socket, std::string link,
                             unsigned index, std::uint16_t type, receiver receive)
    : socket_(std::move(socket)),
      link_(std::move(link)),
      index_(index),
      type_(type),
      receive_(std::move(receive)),
      ready_(io, socket_.get()) {
    await();
}

packet_socket::~packet_socket() {
    ready_.release();
}

ethernet_address packet_socket::own_address() const {
    return ethernet_of(name_of(socket_.get()));
}

host_result<void> packet_socket::send(ethernet_address const& to,
                                      std::span<std::byte const> packet) {
    auto name = on_link(index_, type_);
    name.sll_halen = static_cast<unsigned char>(to.size());
    std::copy(to.begin(), to.end(), std::begin(name.sll_addr));
    if (::sendto(socket_.get(), packet.data(), packet.size(), MSG_DONTWAIT, generic(name),
                 sizeof name) >= 0)
        return {};
    return refused(link_, errno, "see that the link is there and up");
}

void packet_socket::await() {
    ready_.async_wait(ready_.wait_read,
                      [this, still = std::weak_ptr(self_)](boost::system::error_code error) {
                          if (!error && !still.expired()) read_some();
                      });
}

// An error, such as that the link is down, is told once, and over when it is read.
void packet_socket::read_some() {
    std::array<std::byte, longest_packet> packet;
    for (int i = 0; i < turn; ++i) {
        sockaddr_ll from{};
        socklen_t size = sizeof from;
        auto const got = ::recvfrom(socket_.get(), packet.data(), packet.size(), MSG_DONTWAIT,
                                    generic(from), &size);
        if (got < 0) break;
        // Of another machine, or tagged for another network, and seen by a promiscuous link.
        if (from.sll_pkttype == PACKET_OTHERHOST) continue;
        receive_(std::span(packet).first(static_cast<std::size_t>(got)), ethernet_of(from));
    }
    await();
}

}  // namespace tcpplexd
