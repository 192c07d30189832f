#include "stack/ip/forwarding.hpp"

#include <algorithm>
#include <array>

namespace stack::ip {
namespace {

/// The largest packet that will be on the wire.
std::size_t wire_size(inbound const& packet) {
    if (packet.meta.kind == offload::segmentation::none) return packet.packet.size();
    std::size_t const tcp = (std::to_integer<std::size_t>(packet.payload[12]) >> 4) * 4;
    std::size_t const headers = packet.packet.size() - packet.payload.size() + tcp;
    return std::min(packet.packet.size(), headers + packet.meta.gso_size);
}

}  // namespace

void forwarding::input(inbound const& packet, std::size_t index, instant now) {
    if (!topology_.settings().ip.forwarding) {
        counts_.drop(drop_reason::forwarding_off);
        return;
    }
    address const here = topology_.settings().interfaces[index].host;
    if (packet.ttl <= 1) {
        counts_.drop(drop_reason::ttl_expired);
        errors_.send_time_exceeded(packet, here, now);
        return;
    }
    auto const way = topology_.find_route(packet.destination);
    if (!way) {
        counts_.drop(drop_reason::no_route);
        errors_.send_unreachable(packet, here, wire::unreachable_code::network, 0, now);
        return;
    }
    if (wire_size(packet) > way->mtu) {
        counts_.drop(drop_reason::too_big);
        errors_.send_unreachable(packet, here, wire::unreachable_code::fragmentation_needed,
                                 way->mtu, now);
        return;
    }
    std::array<std::byte, 60> header;
    std::size_t const length = packet.packet.size() - packet.payload.size();
    std::copy_n(packet.packet.begin(), length, header.begin());
    wire::decrement_ttl(std::span(header).first(length));
    fragments out;
    out.push_back(std::span(header).first(length));
    out.push_back(packet.payload);
    counts_.add(counter::packets_routed);
    world_.transmit(way->interface, out, packet.meta);
}

}  // namespace stack::ip
