#include "stack/ip/input.hpp"

#include "stack/wire/checksum.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/ipv6_extension.hpp"
#include "stack/wire/pseudo_header.hpp"

namespace stack::ip {
namespace {

drop_reason parse_v4(std::span<std::byte const> packet, inbound& out) {
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
    out.packet = packet.first(ip.total_length());
    out.payload = out.packet.subspan(header);
    out.source = ip.source();
    out.destination = ip.destination();
    out.protocol = static_cast<wire::protocol>(ip.protocol_number());
    out.ttl = ip.ttl();
    out.ecn = ip.ecn();
    out.fragment.reset();
    if (ip.is_fragment())
        out.fragment = {ip.identification(), ip.fragment_offset(), ip.more_fragments()};
    return drop_reason::none;
}

drop_reason parse_v6(std::span<std::byte const> packet, inbound& out) {
    if (packet.size() < wire::ipv6_view::minimum) return drop_reason::truncated;
    wire::ipv6_view const ip(packet);
    // A payload length of 0 would be a jumbogram's (RFC 2675), which no link here carries.
    std::size_t const length = wire::ipv6_view::minimum + ip.payload_length();
    if (length > packet.size()) return drop_reason::bad_total_length;
    out.packet = packet.first(length);
    out.payload = out.packet.subspan(wire::ipv6_view::minimum);
    out.source = ip.source();
    out.destination = ip.destination();
    // RFC 4038 4.2: mapped addresses are for programs, on the wire they would pass for IPv4.
    if (out.source.is_v4()) return drop_reason::martian_source;
    if (out.destination.is_v4()) return drop_reason::martian_destination;
    out.protocol = static_cast<wire::protocol>(ip.next_header());
    out.ttl = ip.hop_limit();
    out.ecn = ip.ecn();
    out.fragment.reset();
    return drop_reason::none;
}

refusal refusal_for(wire::extension_chain const& chain) {
    using kind = problem::kind;
    auto const pointer = static_cast<std::uint32_t>(chain.pointer);
    switch (chain.fault) {
        case wire::chain_fault::none:
            return {};
        case wire::chain_fault::truncated:
            return {drop_reason::truncated, {}};
        case wire::chain_fault::too_long:
        case wire::chain_fault::silent:
            return {drop_reason::bad_extension, {}};
        case wire::chain_fault::erroneous_field:
            return {drop_reason::bad_extension, problem{kind::field, pointer}};
        case wire::chain_fault::unknown_header:
            return {drop_reason::bad_extension, problem{kind::protocol, pointer}};
        case wire::chain_fault::unknown_option:
            return {drop_reason::bad_extension, problem{kind::option, pointer}};
    }
    return {};
}

}  // namespace

drop_reason parse(std::span<std::byte const> packet, offload const& meta, inbound& out) {
    if (packet.empty()) return drop_reason::truncated;
    out.meta = meta;
    switch (std::to_integer<unsigned>(packet[0]) >> 4) {
        case 4:
            return parse_v4(packet, out);
        case 6:
            return parse_v6(packet, out);
        default:
            return drop_reason::bad_version;
    }
}

refusal open(inbound& packet) {
    if (packet.v4()) return {};
    auto chain = wire::read_extensions(packet.packet);
    if (auto const& part = chain.fragment; chain.fault == wire::chain_fault::none && part) {
        // RFC 6946 4: an atomic fragment is a whole datagram and has to do with no other fragment.
        if (part->offset != 0 || part->more)
            packet.fragment = {part->identification, part->offset, part->more};
        else
            chain = wire::read_extensions_behind(packet.packet, chain);
    }
    if (chain.fault != wire::chain_fault::none) return refusal_for(chain);
    // A fragment of a fragment is nothing any sender makes (RFC 8200 4.1).
    if (chain.fragment && !packet.fragment) return {drop_reason::bad_extension, {}};
    packet.payload = packet.packet.subspan(chain.payload);
    packet.protocol = static_cast<wire::protocol>(chain.protocol);
    return {};
}

std::uint32_t naming_octet(inbound const& packet) {
    constexpr std::uint32_t ipv4_protocol = 9;
    if (packet.v4()) return ipv4_protocol;
    auto chain = wire::read_extensions(packet.packet);
    if (chain.fragment) chain = wire::read_extensions_behind(packet.packet, chain);
    return static_cast<std::uint32_t>(chain.pointer);
}

namespace {

drop_reason check_martian_v4(std::uint32_t from, std::uint32_t to) {
    constexpr std::uint32_t groups =
        0xe0000000;  // 224/4 multicast, 240/4 reserved, limited broadcast
    if (from >> 24 == 0 || from >> 24 == 127 || from >= groups) return drop_reason::martian_source;
    if (to >> 24 == 0 || to >> 24 == 127 || to >= groups) return drop_reason::martian_destination;
    return drop_reason::none;
}

bool is_never_on_a_link(address const& v6) {
    return v6.is_unspecified() || v6.is_loopback() || v6.is_multicast();
}

}  // namespace

drop_reason check_martian(address const& source, address const& destination) {
    if (source.is_v4()) return check_martian_v4(source.to_v4(), destination.to_v4());
    if (is_never_on_a_link(source)) return drop_reason::martian_source;
    if (is_never_on_a_link(destination)) return drop_reason::martian_destination;
    return drop_reason::none;
}

std::size_t wire_size(inbound const& packet) {
    if (packet.meta.kind == offload::segmentation::none) return packet.packet.size();
    std::size_t const tcp = (std::to_integer<std::size_t>(packet.payload[12]) >> 4) * 4;
    return std::min(packet.packet.size(), packet.header_length() + tcp + packet.meta.gso_size);
}

bool may_be_cut(inbound const& packet) {
    return packet.reassembled || (packet.v4() && !wire::ipv4_view(packet.packet).dont_fragment());
}

bool tcp_checksum_is_right(inbound const& packet) {
    if (packet.meta.checksum_partial) return true;
    auto sum = wire::pseudo_header(packet.source, packet.destination, wire::protocol::tcp,
                                   static_cast<std::uint16_t>(packet.payload.size()));
    sum.add(packet.payload);
    return sum.value() == 0;
}

}  // namespace stack::ip
