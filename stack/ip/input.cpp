#include "stack/ip/input.hpp"

#include "stack/wire/checksum.hpp"
#include "stack/wire/pseudo_header.hpp"

namespace stack::ip {

drop_reason parse(std::span<std::byte const> packet, offload const& meta, inbound& out) {
    if (packet.empty()) return drop_reason::truncated;
    auto const version = std::to_integer<unsigned>(packet[0]) >> 4;
    if (version == 6) return drop_reason::ipv6_not_supported;
    if (version != 4) return drop_reason::bad_version;
    if (packet.size() < wire::ipv4_view::minimum) return drop_reason::truncated;
    wire::ipv4_view const ip(packet);
    std::size_t const header = ip.header_length();
    if (header < wire::ipv4_view::minimum || header > packet.size())
        return drop_reason::bad_header_length;
    if (ip.total_length() < header || ip.total_length() > packet.size())
        return drop_reason::bad_total_length;
    // RFC 1122 3.2.1.2. Always verified: 20 bytes, and no device vouches for them.
    wire::checksum sum;
    sum.add(packet.first(header));
    if (sum.value() != 0) return drop_reason::bad_header_checksum;
    if (ip.is_fragment()) return drop_reason::fragment;
    out.packet = packet.first(ip.total_length());
    out.payload = out.packet.subspan(header);
    out.meta = meta;
    out.source = ip.source();
    out.destination = ip.destination();
    out.protocol = static_cast<wire::protocol>(ip.protocol_number());
    out.ttl = ip.ttl();
    out.ecn = ip.ecn();
    return drop_reason::none;
}

drop_reason check_martian(address const& source, address const& destination) {
    std::uint32_t const from = source.to_v4();
    std::uint32_t const to = destination.to_v4();
    constexpr std::uint32_t groups =
        0xe0000000;  // 224/4 multicast, 240/4 reserved, limited broadcast
    if (from >> 24 == 0 || from >> 24 == 127 || from >= groups) return drop_reason::martian_source;
    if (to >> 24 == 0 || to >> 24 == 127 || to >= groups) return drop_reason::martian_destination;
    return drop_reason::none;
}

bool is_loopback(address const& candidate) {
    if (candidate.is_v4()) return candidate.to_v4() >> 24 == 127;
    address::bytes_type one{};
    one[15] = 1;
    return candidate == address(one);
}

bool tcp_checksum_is_right(inbound const& packet) {
    if (packet.meta.checksum_partial) return true;
    auto sum = wire::pseudo_header(packet.source, packet.destination, wire::protocol::tcp,
                                   static_cast<std::uint16_t>(packet.payload.size()));
    sum.add(packet.payload);
    return sum.value() == 0;
}

}  // namespace stack::ip
