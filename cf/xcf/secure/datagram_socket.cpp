#include "cf/xcf/secure/datagram_socket.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <unistd.h>

namespace cf::xcf {

namespace {

constexpr int socket_buffer = 4 << 20;
constexpr std::size_t ipv4_and_udp = 20 + 8;
constexpr std::size_t ipv6_and_udp = 40 + 8;

bool set(int descriptor, int level, int option, int value) {
    return ::setsockopt(descriptor, level, option, &value, sizeof value) == 0;
}

// FORCE goes beyond net.core.*mem_max and needs CAP_NET_ADMIN; without it we take what we get.
void enlarge_buffers(int descriptor) {
    if (!set(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, socket_buffer))
        set(descriptor, SOL_SOCKET, SO_SNDBUF, socket_buffer);
    if (!set(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, socket_buffer))
        set(descriptor, SOL_SOCKET, SO_RCVBUF, socket_buffer);
}

bool prepare(int descriptor, network_address const& local, network_address const& peer) {
    bool const whole = local.is_v6()
                           ? set(descriptor, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_DO)
                           : set(descriptor, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_DO);
    enlarge_buffers(descriptor);
    // REUSEPORT, not REUSEADDR: only processes of our user may have the port, too.
    return whole && set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) &&
           ::bind(descriptor, local.data(), local.size()) == 0 &&
           ::connect(descriptor, peer.data(), peer.size()) == 0;
}

}  // namespace

result<std::unique_ptr<datagram_socket>> datagram_socket::open(network_address const& local,
                                                               network_address const& peer) {
    int const descriptor =
        ::socket(local.is_v6() ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor >= 0 && prepare(descriptor, local, peer))
        return std::unique_ptr<datagram_socket>(new datagram_socket(descriptor, local.is_v6()));
    int const why = errno;
    if (descriptor >= 0) ::close(descriptor);
    return failure{error::unavailable,
                   "XCF datagrams from " + local.to_string() + " to " + peer.to_string() + ": " +
                       std::strerror(why),
                   {}};
}

datagram_socket::datagram_socket(int descriptor, bool v6)
    : descriptor_(descriptor), v6_(v6), buffer_(new std::byte[batch * largest]) {
    for (std::size_t i = 0; i < batch; ++i) {
        rooms_[i] = {buffer_.get() + i * largest, largest};
        arrivals_[i].msg_hdr.msg_iov = &rooms_[i];
        arrivals_[i].msg_hdr.msg_iovlen = 1;
    }
    for (std::size_t i = 0; i < most_at_once; ++i) {
        departures_[i].msg_hdr.msg_iov = &loads_[i];
        departures_[i].msg_hdr.msg_iovlen = 1;
    }
}

datagram_socket::~datagram_socket() {
    ::close(descriptor_);
}

std::size_t datagram_socket::path_size() const {
    int mtu = 0;
    socklen_t size = sizeof mtu;
    bool const known = ::getsockopt(descriptor_, v6_ ? IPPROTO_IPV6 : IPPROTO_IP,
                                    v6_ ? IPV6_MTU : IP_MTU, &mtu, &size) == 0;
    auto const headers = v6_ ? ipv6_and_udp : ipv4_and_udp;
    auto const path = known ? static_cast<std::size_t>(mtu) : std::size_t{0};
    return path > headers ? std::min(path - headers, largest) : 0;
}

datagram_socket::outcome datagram_socket::send(std::span<std::byte const> bytes, std::size_t size) {
    std::size_t count = 0;
    for (; !bytes.empty() && count < most_at_once; ++count) {
        auto const part = bytes.first(std::min(size, bytes.size()));
        loads_[count] = {const_cast<std::byte*>(part.data()), part.size()};
        bytes = bytes.subspan(part.size());
    }
    for (std::size_t gone = 0; gone < count;) {
        int const sent = ::sendmmsg(descriptor_, &departures_[gone],
                                    static_cast<unsigned>(count - gone), MSG_DONTWAIT);
        if (sent > 0)
            gone += static_cast<std::size_t>(sent);
        else if (errno == EMSGSIZE)
            return outcome::too_large;
        else if (errno != EINTR)
            // ECONNREFUSED among others: the answer to an earlier datagram, the peer not there yet.
            return outcome::refused;
    }
    return outcome::sent;
}

std::optional<std::span<std::byte>> datagram_socket::receive() {
    while (taken_ < arrived_ || refill()) {
        auto const at = taken_++;
        if ((arrivals_[at].msg_hdr.msg_flags & MSG_TRUNC) != 0) continue;
        return std::span(buffer_.get() + at * largest, arrivals_[at].msg_len);
    }
    return std::nullopt;
}

bool datagram_socket::refill() {
    taken_ = arrived_ = 0;
    int got = -1;
    do
        got = ::recvmmsg(descriptor_, arrivals_.data(), batch, MSG_DONTWAIT, nullptr);
    while (got < 0 && (errno == EINTR || errno == ECONNREFUSED));
    if (got > 0) arrived_ = static_cast<std::size_t>(got);
    return got > 0;
}

}  // namespace cf::xcf
