// The header of datagrams, and packets read and written.
#include "app/datagram.hpp"

#include <algorithm>
#include <cerrno>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace app {

namespace {

constexpr std::size_t error_at = 2;
constexpr std::size_t lost_at = 4;
constexpr std::size_t port_at = 8;
constexpr std::size_t peer_at = 12;
constexpr std::size_t local_at = 28;

template <typename Number>
void put(datagram_header_bytes& to, std::size_t at, Number value) {
    for (std::size_t i = sizeof value; i-- != 0; value = static_cast<Number>(value >> 8))
        to[at + i] = static_cast<std::byte>(value & 0xff);
}

template <typename Number>
Number take(std::span<std::byte const> from, std::size_t at) {
    Number value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i)
        value = static_cast<Number>(value << 8 | std::to_integer<Number>(from[at + i]));
    return value;
}

address_bytes take_address(std::span<std::byte const> from, std::size_t at) {
    address_bytes result{};
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = std::to_integer<std::uint8_t>(from[at + i]);
    return result;
}

bool is_v4(address_bytes const& address) {
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return std::equal(mapped.begin(), mapped.end(), address.begin());
}

bool makes_sense(datagram_header const& header) {
    if (header.what == datagram_header::kind::error) return header.error != 0;
    return header.what == datagram_header::kind::data && header.error == 0;
}

}  // namespace

datagram_header_bytes to_bytes(datagram_header const& header) {
    datagram_header_bytes result{};
    result[0] = static_cast<std::byte>(header.what);
    put(result, error_at, header.error);
    put(result, lost_at, header.lost);
    put(result, port_at, header.port);
    for (std::size_t i = 0; i < header.peer.size(); ++i) {
        result[peer_at + i] = static_cast<std::byte>(header.peer[i]);
        result[local_at + i] = static_cast<std::byte>(header.local[i]);
    }
    return result;
}

std::optional<datagram_header> parse_datagram_header(std::span<std::byte const> packet) {
    if (packet.size() < datagram_header_length) return std::nullopt;
    datagram_header result;
    result.what = static_cast<datagram_header::kind>(packet[0]);
    result.error = take<std::uint16_t>(packet, error_at);
    result.lost = take<std::uint32_t>(packet, lost_at);
    result.port = take<std::uint16_t>(packet, port_at);
    result.peer = take_address(packet, peer_at);
    result.local = take_address(packet, local_at);
    bool const reserved_are_zero =
        packet[1] == std::byte{0} && packet[10] == std::byte{0} && packet[11] == std::byte{0};
    if (!reserved_are_zero || !makes_sense(result)) return std::nullopt;
    return result;
}

endpoint peer_of(datagram_header const& header) {
    if (header.peer == address_bytes{}) return {"", header.port};
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_v4(header.peer))
        ::inet_ntop(AF_INET, header.peer.data() + 12, text.data(), text.size());
    else
        ::inet_ntop(AF_INET6, header.peer.data(), text.data(), text.size());
    return {text.data(), header.port};
}

result<address_bytes> parse_address(std::string const& text) {
    address_bytes address{};
    if (text.empty() || ::inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return address;
    address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (::inet_pton(AF_INET, text.c_str(), address.data() + 12) == 1) return address;
    return error{EINVAL, "'" + text + "' is not an IP address"};
}

result<void> send_datagram(int socket, datagram_header const& header,
                           std::span<std::byte const> payload) {
    if (payload.size() > longest_datagram)
        return error{EMSGSIZE, "a datagram has at most " + std::to_string(longest_datagram) +
                                   " bytes, and this " + std::to_string(payload.size())};
    auto head = to_bytes(header);
    std::array<iovec, 2> parts{iovec{head.data(), head.size()},
                               iovec{const_cast<std::byte*>(payload.data()), payload.size()}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    for (;;) {
        if (::sendmsg(socket, &message, MSG_NOSIGNAL) >= 0) return {};
        if (errno == EINTR) continue;
        if (errno == EPIPE) return error{ECONNRESET, "the daemon has ended"};
        return system_error(errno, "datagram");
    }
}

result<std::optional<received_packet>> receive_datagram(int socket, std::span<std::byte> payload) {
    datagram_header_bytes head{};
    std::array<iovec, 2> parts{iovec{head.data(), head.size()},
                               iovec{payload.data(), payload.size()}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    ssize_t got = 0;
    while ((got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC)) < 0)
        if (errno != EINTR) return system_error(errno, "datagram");
    if (got == 0) return std::optional<received_packet>();
    if ((message.msg_flags & MSG_TRUNC) != 0)
        return error{EMSGSIZE, "a datagram is longer than the room for it"};
    auto const size = static_cast<std::size_t>(got);
    auto const header = parse_datagram_header(std::span(head).first(std::min(size, head.size())));
    if (!header) return error{EPROTO, "a datagram came without its header"};
    return std::optional(received_packet{*header, size - head.size()});
}

}  // namespace app
