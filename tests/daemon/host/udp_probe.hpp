// Whether the kernel takes a packet that comes in over a TUN device.
#pragma once

#include "network_namespace.hpp"
#include "stack/wire/address.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#include <arpa/inet.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <poll.h>
#include <sys/socket.h>

namespace tcpplexd::test {

inline std::uint16_t checksum(std::span<std::uint8_t const> header) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i + 1 < header.size(); i += 2)
        sum += static_cast<std::uint32_t>(header[i]) << 8 | header[i + 1];
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    return htons(static_cast<std::uint16_t>(~sum));
}

/// A UDP datagram without data (and without the optional checksum of IPv4) to port 7000.
inline std::array<std::uint8_t, 28> empty_datagram(stack::address const& from,
                                                   stack::address const& to) {
    iphdr ip{};
    ip.version = 4;
    ip.ihl = 5;
    ip.ttl = 64;
    ip.protocol = IPPROTO_UDP;
    ip.tot_len = htons(28);
    ip.saddr = htonl(from.to_v4());
    ip.daddr = htonl(to.to_v4());
    udphdr udp{};
    udp.source = udp.dest = htons(7000);
    udp.len = htons(8);
    std::array<std::uint8_t, 28> packet{};
    std::memcpy(packet.data(), &ip, sizeof ip);
    ip.check = checksum(std::span(packet).first(sizeof ip));
    std::memcpy(packet.data(), &ip, sizeof ip);
    std::memcpy(packet.data() + sizeof ip, &udp, sizeof udp);
    return packet;
}

/// Sends `from` -> `to` into the device, then `to`'s loopback a marker: queued behind it, so that
/// its arrival alone proves that the first was dropped.
inline bool kernel_delivers(tun_device& device, stack::address const& from,
                            stack::address const& to) {
    owned_descriptor const socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), "socket");
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_port = htons(7000);
    if (::bind(socket.get(), reinterpret_cast<sockaddr const*>(&any), sizeof any) != 0)
        throw std::runtime_error(std::string("bind: ") + std::strerror(errno));
    device.receive(empty_datagram(from, to));
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::sendto(socket.get(), nullptr, 0, 0, reinterpret_cast<sockaddr const*>(&any), sizeof any);
    sockaddr_in sender{};
    socklen_t size = sizeof sender;
    pollfd ready{socket.get(), POLLIN, 0};
    if (::poll(&ready, 1, 10'000) != 1) throw std::runtime_error("the marker was lost");
    ::recvfrom(socket.get(), nullptr, 0, 0, reinterpret_cast<sockaddr*>(&sender), &size);
    return sender.sin_addr.s_addr == htonl(from.to_v4());
}

}  // namespace tcpplexd::test
