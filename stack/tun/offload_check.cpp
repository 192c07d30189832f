#include "stack/tun/offload_check.hpp"

#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"

namespace stack::tun {
namespace {

constexpr std::size_t tcp_header = 20;
constexpr std::size_t udp_header = 8;

bool measure_ip(std::span<std::byte const> packet, header_lengths& out, std::uint8_t& transport) {
    if (packet.size() < wire::ipv4_view::minimum) return false;
    wire::ipv4_view const ip(packet);
    if (ip.version() == 4) {
        out.v4 = true;
        out.ip = static_cast<std::uint16_t>(ip.header_length());
        transport = ip.protocol_number();
        return out.ip >= wire::ipv4_view::minimum && !ip.is_fragment() &&
               ip.total_length() == packet.size();
    }
    wire::ipv6_view const ip6(packet);
    if (ip.version() != 6 || packet.size() < wire::ipv6_view::minimum) return false;
    out.v4 = false;
    out.ip = wire::ipv6_view::minimum;
    transport = ip6.next_header();
    return ip6.payload_length() + wire::ipv6_view::minimum == packet.size();
}

std::optional<offload::segmentation> segmentation_of(std::uint8_t gso_type) {
    // The ECN bit only says that CWR is handled per segment (RFC 3168 6.1.2); TUN devices don't
    // need it.
    switch (gso_type & ~unsigned{vnet_header::gso_ecn}) {
        case vnet_header::gso_none:
            return offload::segmentation::none;
        case vnet_header::gso_tcp4:
            return offload::segmentation::tcp4;
        case vnet_header::gso_tcp6:
            return offload::segmentation::tcp6;
        default:
            return std::nullopt;
    }
}

}  // namespace

std::optional<header_lengths> measure_headers(std::span<std::byte const> packet) {
    header_lengths out;
    std::uint8_t transport = 0;
    if (!measure_ip(packet, out, transport)) return std::nullopt;
    std::size_t const rest = packet.size() >= out.ip ? packet.size() - out.ip : 0;
    if (transport == static_cast<std::uint8_t>(wire::protocol::udp)) {
        if (rest < udp_header) return std::nullopt;
        out.tcp = false;
        out.transport = udp_header;
        out.checksum_offset = 6;
        return out;
    }
    if (transport != static_cast<std::uint8_t>(wire::protocol::tcp) || rest < tcp_header)
        return std::nullopt;
    out.tcp = true;
    out.transport =
        static_cast<std::uint16_t>((std::to_integer<unsigned>(packet[out.ip + 12U]) >> 4) * 4);
    out.checksum_offset = 16;
    if (out.transport < tcp_header || out.transport > rest) return std::nullopt;
    return out;
}

std::optional<offload> check_offload(vnet_header const& header, std::span<std::byte const> packet) {
    auto const kind = segmentation_of(header.gso_type);
    if (!kind) return std::nullopt;
    offload meta;
    meta.kind = *kind;
    meta.gso_size = *kind == offload::segmentation::none ? std::uint16_t{0} : header.gso_size;
    meta.checksum_partial = (header.flags & vnet_header::needs_checksum) != 0;
    if (meta.checksum_partial) {
        meta.checksum_start = header.checksum_start;
        meta.checksum_offset = header.checksum_offset;
    }
    if (!is_sound(meta, packet)) return std::nullopt;
    return meta;
}

bool is_sound(offload const& meta, std::span<std::byte const> packet) {
    bool const super = meta.kind != offload::segmentation::none;
    if (!meta.checksum_partial) return !super && meta.gso_size == 0;
    // Header lengths are computed, never taken from the metadata.
    auto const headers = measure_headers(packet);
    if (!headers) return false;
    if (meta.checksum_start != headers->ip || meta.checksum_offset != headers->checksum_offset)
        return false;
    if (!super) return meta.gso_size == 0;
    return meta.gso_size > 0 && headers->tcp &&
           headers->v4 == (meta.kind == offload::segmentation::tcp4);
}

}  // namespace stack::tun
