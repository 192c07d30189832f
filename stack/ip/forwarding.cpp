#include "stack/ip/forwarding.hpp"

#include "stack/ip/fragmentation.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"

#include <algorithm>
#include <array>

namespace stack::ip {
namespace {

void count_hop(std::span<std::byte> header, bool v4) {
    if (v4)
        wire::decrement_ttl(header);
    else
        wire::decrement_hop_limit(header);
}

}  // namespace

void forwarding::input(inbound const& packet, std::size_t index, instant now) {
    using kind = problem::kind;
    if (!topology_.settings().ip_for(packet.destination).forwarding) {
        counts_.drop(drop_reason::forwarding_off);
        return;
    }
    if (!packet.v4()) {
        // RFC 4291 2.5.6: these addresses mean something on their own link only.
        if (packet.source.is_link_local()) return counts_.drop(drop_reason::martian_source);
        if (packet.destination.is_link_local())
            return counts_.drop(drop_reason::martian_destination);
    }
    if (packet.ttl <= 1)
        return refuse(packet, drop_reason::ttl_expired, index, {kind::hops, 0}, now);
    auto const way = topology_.find_route(packet.source, packet.destination);
    if (!way) return refuse(packet, drop_reason::no_route, index, {kind::no_route, 0}, now);
    bool const fits = wire_size(packet) <= way->mtu;
    if (!fits && !may_be_cut(packet))
        return refuse(packet, drop_reason::too_big, index, {kind::too_big, way->mtu}, now);

    std::array<std::byte, 60> buffer;  // the longest IPv4 header; IPv6's has 40
    auto const header = std::span(buffer).first(packet.header_length());
    std::copy_n(packet.packet.begin(), header.size(), header.begin());
    count_hop(header, packet.v4());
    counts_.add(counter::packets_routed);
    if (!fits) return cut(header, packet, *way);
    fragments out;
    out.push_back(header);
    out.push_back(packet.payload);
    world_.transmit(way->interface, out, packet.meta);
}

/// What a device was to do comes first: segments, each with its checksum, are what is cut.
void forwarding::cut(std::span<std::byte const> header, inbound const& packet, route const& way) {
    fragments whole;
    whole.push_back(header);
    whole.push_back(packet.payload);
    segmenter_.split(whole, packet.meta, [&](fragments const& segment) {
        // Sliced again, because the segmenter has renewed the header.
        std::array<std::byte, 60> own;
        std::size_t filled = 0;
        for (auto piece : segment.part(0, header.size())) {
            std::copy(piece.begin(), piece.end(),
                      own.begin() + static_cast<std::ptrdiff_t>(filled));
            filled += piece.size();
        }
        auto const payload = segment.part(header.size(), segment.bytes() - header.size());
        cut_v4(std::span(own).first(header.size()), payload, way.mtu,
               [&](fragments const& fragment) {
                   counts_.add(counter::fragments_out);
                   world_.transmit(way.interface, fragment, {});
               });
    });
}

void forwarding::refuse(inbound const& packet, drop_reason reason, std::size_t index,
                        problem const& what, instant now) {
    counts_.drop(reason);
    if (auto const here = topology_.address_for(index, packet.v4()))
        errors_.report(packet, *here, what, now);
}

}  // namespace stack::ip
