#include "stack/ip/encapsulation.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/wire/ecn.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"

#include <algorithm>

namespace stack::ip {
namespace {

constexpr std::uint16_t ethertype_ipv4 = 0x0800;  // RFC 2784 2.3

std::size_t header_length(bool v4) {
    return v4 ? wire::ipv4_view::minimum : wire::ipv6_view::minimum;
}

/// RFC 2784 2: no checksum, no key, no sequence number, version 0, an IPv4 packet.
bool is_plain_gre(std::span<std::byte const> header) {
    return header.size() >= gre_length && load_be16(header.data()) == 0 &&
           load_be16(header.data() + 2) == ethertype_ipv4;
}

std::uint8_t ecn_of(std::span<std::byte const> inner, bool v4) {
    return v4 ? wire::ipv4_view(inner).ecn() : wire::ipv6_view(inner).ecn();
}

}  // namespace

std::size_t encapsulation_overhead(bool v4) {
    return header_length(v4) + (v4 ? gre_length : 0);
}

std::span<std::byte const> encapsulate(tunnel_header const& outer, std::span<std::byte const> inner,
                                       std::size_t inner_length, std::span<std::byte> to) {
    bool const v4 = outer.source.is_v4();
    auto const all = to.first(encapsulation_overhead(v4));
    if (!v4) {
        wire::ipv6_header header;
        header.ecn = ecn_of(inner, v4);
        header.flow_label = wire::ipv6_view(inner).flow_label();
        header.payload_length = static_cast<std::uint16_t>(inner_length);
        header.next_header = wire::protocol::ipv6;
        header.hop_limit = outer.ttl;
        header.source = outer.source;
        header.destination = outer.destination;
        wire::write(header, all.first<wire::ipv6_view::minimum>());
        return all;
    }
    wire::ipv4_header header;
    header.ecn = ecn_of(inner, v4);
    header.total_length = static_cast<std::uint16_t>(all.size() + inner_length);
    header.identification = outer.identification;
    header.dont_fragment = outer.dont_fragment;
    header.ttl = outer.ttl;
    header.payload = wire::protocol::gre;
    header.source = outer.source;
    header.destination = outer.destination;
    wire::write(header, all.first<wire::ipv4_view::minimum>());
    store_be16(all.data() + wire::ipv4_view::minimum, 0);
    store_be16(all.data() + wire::ipv4_view::minimum + 2, ethertype_ipv4);
    return all;
}

std::optional<std::span<std::byte const>> decapsulate(inbound const& outer,
                                                      std::vector<std::byte>& room) {
    bool const v4 = outer.v4();
    if (v4 && !is_plain_gre(outer.payload)) return std::nullopt;
    auto const inner = outer.payload.subspan(v4 ? gre_length : 0);
    if (inner.size() < header_length(v4)) return std::nullopt;
    if ((std::to_integer<unsigned>(inner[0]) >> 4) != (v4 ? 4U : 6U)) return std::nullopt;
    std::uint8_t const mark = ecn_of(inner, v4);
    if (outer.ecn != wire::ecn_congested || mark == wire::ecn_congested) return inner;
    // RFC 6040 4.2: who sent this can't read the mark.
    if (mark == wire::ecn_not_capable) return std::nullopt;
    room.assign(inner.begin(), inner.end());
    if (v4)
        wire::mark_v4_congested(room);
    else
        wire::mark_v6_congested(room);
    return room;
}

}  // namespace stack::ip
