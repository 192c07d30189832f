// Packets for tests, right in every field unless the test breaks it.
#pragma once

#include "stack/core/byte_order.hpp"
#include "stack/wire/checksum.hpp"
#include "stack/wire/endpoint.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/pseudo_header.hpp"
#include "stack/wire/udp.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace stack::testing {

using bytes = std::vector<std::byte>;

inline constexpr std::uint8_t fin = 0x01, syn = 0x02, rst = 0x04, psh = 0x08, ack = 0x10,
                              cwr = 0x80;

inline address addr(std::string_view text) {
    return address::parse(text).value();
}
inline endpoint at(std::string_view host, std::uint16_t port) {
    return {addr(host), port};
}

inline bytes ipv4(wire::protocol protocol, address const& from, address const& to,
                  std::span<std::byte const> payload) {
    bytes out(20 + payload.size());
    wire::ipv4_header header;
    header.total_length = static_cast<std::uint16_t>(out.size());
    header.identification = 77;
    header.payload = protocol;
    header.source = from;
    header.destination = to;
    wire::write(header, std::span(out).first<20>());
    std::copy(payload.begin(), payload.end(), out.begin() + 20);
    return out;
}

inline bytes ipv6(wire::protocol next, address const& from, address const& to,
                  std::span<std::byte const> payload) {
    bytes out(40 + payload.size());
    wire::ipv6_header header;
    header.payload_length = static_cast<std::uint16_t>(payload.size());
    header.next_header = next;
    header.source = from;
    header.destination = to;
    wire::write(header, std::span(out).first<40>());
    std::copy(payload.begin(), payload.end(), out.begin() + 40);
    return out;
}

/// Of the family of the addresses.
inline bytes ip_packet(wire::protocol protocol, address const& from, address const& to,
                       std::span<std::byte const> payload) {
    return from.is_v4() ? ipv4(protocol, from, to, payload) : ipv6(protocol, from, to, payload);
}

inline std::size_t ip_header_length(bytes const& packet) {
    wire::ipv4_view const ip(packet);
    return ip.version() == 4 ? ip.header_length() : wire::ipv6_view::minimum;
}

inline address destination_of(bytes const& packet) {
    wire::ipv4_view const ip(packet);
    return ip.version() == 4 ? ip.destination() : wire::ipv6_view(packet).destination();
}

struct segment {
    endpoint from;
    endpoint to;
    std::uint8_t flags = syn;
    std::uint32_t seq = 1000;
    std::uint32_t ack_number = 0;
    bytes payload = {};
};

/// A TCP segment without options, in its IP packet, checksums complete.
inline bytes tcp_packet(segment const& s) {
    bytes body(20 + s.payload.size());
    store_be16(body.data(), s.from.port);
    store_be16(body.data() + 2, s.to.port);
    store_be32(body.data() + 4, s.seq);
    store_be32(body.data() + 8, s.ack_number);
    body[12] = std::byte{0x50};
    body[13] = static_cast<std::byte>(s.flags);
    store_be16(body.data() + 14, 0xffff);
    std::copy(s.payload.begin(), s.payload.end(), body.begin() + 20);
    auto sum = wire::pseudo_header(s.from.host, s.to.host, wire::protocol::tcp,
                                   static_cast<std::uint16_t>(body.size()));
    sum.add(body);
    store_be16(body.data() + 16, sum.value());
    return ip_packet(wire::protocol::tcp, s.from.host, s.to.host, body);
}

/// A UDP datagram in its IP packet, checksums complete.
inline bytes udp_packet(endpoint const& from, endpoint const& to,
                        std::span<std::byte const> payload) {
    auto const header = wire::udp_header_bytes(from.port, to.port, payload.size());
    bytes body(header.begin(), header.end());
    body.insert(body.end(), payload.begin(), payload.end());
    auto sum = wire::pseudo_header(from.host, to.host, wire::protocol::udp,
                                   static_cast<std::uint16_t>(body.size()));
    sum.add(body);
    store_be16(body.data() + wire::udp_checksum_offset, wire::udp_checksum_field(sum.value()));
    return ip_packet(wire::protocol::udp, from.host, to.host, body);
}

inline bytes icmp(address const& from, address const& to, std::uint8_t type, std::uint8_t code,
                  std::uint32_t rest, std::span<std::byte const> data) {
    bytes body(8 + data.size());
    body[0] = static_cast<std::byte>(type);
    body[1] = static_cast<std::byte>(code);
    store_be32(body.data() + 4, rest);
    std::copy(data.begin(), data.end(), body.begin() + 8);
    wire::checksum sum;
    auto const protocol = from.is_v4() ? wire::protocol::icmp : wire::protocol::icmp6;
    if (!from.is_v4())
        sum = wire::pseudo_header(from, to, protocol, static_cast<std::uint16_t>(body.size()));
    sum.add(body);
    store_be16(body.data() + 2, sum.value());
    return ip_packet(protocol, from, to, body);
}

/// Makes the IP header checksum right again after a change.
inline void reseal(bytes& packet) {
    store_be16(packet.data() + 10, 0);
    wire::checksum sum;
    sum.add(std::span(packet).first((std::to_integer<std::size_t>(packet[0]) & 0xfU) * 4));
    store_be16(packet.data() + 10, sum.value());
}

/// The packet's TCP checksum replaced by the pseudo-header sum, as a device without checksum work
/// leaves it.
inline void unfinish(bytes& packet) {
    std::size_t const ip = ip_header_length(packet);
    auto const length = static_cast<std::uint16_t>(packet.size() - ip);
    wire::ipv6_view const v6(packet);
    wire::ipv4_view const v4(packet);
    auto const sum =
        v4.version() == 4
            ? wire::pseudo_header(v4.source(), v4.destination(), wire::protocol::tcp, length)
            : wire::pseudo_header(v6.source(), v6.destination(), wire::protocol::tcp, length);
    store_be16(packet.data() + ip + 16, sum.folded());
}

inline bytes pattern(std::size_t size) {
    bytes out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = static_cast<std::byte>(i * 7 + i / 251);
    return out;
}

}  // namespace stack::testing
