#include "cf/xcf/secure/datagram_socket.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include <netinet/in.h>
#include <netinet/udp.h>
#include <unistd.h>

namespace cf::xcf {

namespace {

constexpr int socket_buffer = 4 << 20;
// What the kernel takes as one: UDP_MAX_SEGMENTS, and an IP packet that still has room for headers.
constexpr std::size_t most_segments = 64;
constexpr std::size_t most_bytes = 65000;
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
    set(descriptor, SOL_UDP, UDP_GRO, 1);
    // REUSEPORT, not REUSEADDR: only processes of our user may have the port, too.
    return whole && set(descriptor, SOL_SOCKET, SO_REUSEPORT, 1) &&
           ::bind(descriptor, local.data(), local.size()) == 0 &&
           ::connect(descriptor, peer.data(), peer.size()) == 0;
}

// One call for many datagrams (UDP_SEGMENT): the kernel, or the device, cuts them apart.
bool send_together(int descriptor, std::span<std::byte const> bytes, std::size_t size) {
    iovec load{const_cast<std::byte*>(bytes.data()), bytes.size()};
    msghdr message{};
    message.msg_iov = &load;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<std::byte, CMSG_SPACE(sizeof(std::uint16_t))> control{};
    if (bytes.size() > size) {
        auto const segment = static_cast<std::uint16_t>(size);
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        auto* const said = CMSG_FIRSTHDR(&message);
        said->cmsg_level = SOL_UDP;
        said->cmsg_type = UDP_SEGMENT;
        said->cmsg_len = CMSG_LEN(sizeof segment);
        std::memcpy(CMSG_DATA(said), &segment, sizeof segment);
    }
    return ::sendmsg(descriptor, &message, MSG_DONTWAIT) >= 0;
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
    : descriptor_(descriptor), v6_(v6), buffer_(new std::byte[batch * longest_arrival]) {
    for (std::size_t i = 0; i < batch; ++i) {
        arrivals_[i].room = {buffer_.get() + i * longest_arrival, longest_arrival};
        headers_[i].msg_hdr.msg_iov = &arrivals_[i].room;
        headers_[i].msg_hdr.msg_iovlen = 1;
        headers_[i].msg_hdr.msg_control = arrivals_[i].size_of_each.data();
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

std::size_t datagram_socket::most_together(std::size_t size) const {
    return segmentation_ ? std::clamp(most_bytes / size, std::size_t{1}, most_segments) : 1;
}

datagram_socket::outcome datagram_socket::send(std::span<std::byte const> bytes, std::size_t size) {
    while (!bytes.empty()) {
        auto const part = bytes.first(std::min(most_together(size) * size, bytes.size()));
        if (send_together(descriptor_, part, size)) {
            bytes = bytes.subspan(part.size());
            continue;
        }
        // EINVAL: segments are larger than the path takes. EIO: the device cannot have them
        // checksummed.
        if (errno == EMSGSIZE || (errno == EINVAL && part.size() > size)) return outcome::too_large;
        if (errno == EIO && part.size() > size)
            segmentation_ = false;
        else if (errno != EINTR)
            // ECONNREFUSED among others: the answer to an earlier datagram, the peer not there yet.
            return outcome::refused;
    }
    return outcome::sent;
}

std::optional<std::span<std::byte>> datagram_socket::receive() {
    while (rest_.empty()) {
        if (begun_ == arrived_ && !refill()) return std::nullopt;
        begin(begun_++);
    }
    auto const datagram = rest_.first(std::min(each_, rest_.size()));
    rest_ = rest_.subspan(datagram.size());
    return datagram;
}

bool datagram_socket::refill() {
    begun_ = arrived_ = 0;
    for (auto& each : headers_)
        each.msg_hdr.msg_controllen = arrivals_[0].size_of_each.size();
    int got = -1;
    do
        got = ::recvmmsg(descriptor_, headers_.data(), batch, MSG_DONTWAIT, nullptr);
    while (got < 0 && (errno == EINTR || errno == ECONNREFUSED));
    if (got > 0) arrived_ = static_cast<std::size_t>(got);
    return got > 0;
}

void datagram_socket::begin(std::size_t number) {
    auto& header = headers_[number];
    rest_ = std::span(buffer_.get() + number * longest_arrival, header.msg_len);
    each_ = rest_.size();
    for (auto* said = CMSG_FIRSTHDR(&header.msg_hdr); said != nullptr;
         said = CMSG_NXTHDR(&header.msg_hdr, said)) {
        if (said->cmsg_level != SOL_UDP || said->cmsg_type != UDP_GRO) continue;
        int size = 0;
        std::memcpy(&size, CMSG_DATA(said), sizeof size);
        if (size > 0) each_ = static_cast<std::size_t>(size);
    }
}

}  // namespace cf::xcf
