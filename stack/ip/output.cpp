#include "stack/ip/output.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/ip/input.hpp"
#include "stack/wire/checksum.hpp"
#include "stack/wire/pseudo_header.hpp"
#include "stack/wire/transport_ports.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace stack::ip {
namespace {

constexpr std::size_t ip_length = wire::ipv4_view::minimum;
constexpr std::size_t longest_tcp_header = 60;
constexpr std::size_t tcp_checksum_offset = 16;
constexpr std::size_t icmp_checksum_offset = 2;
constexpr std::uint16_t loopback_mtu = 65535;

offload offload_for(tcp::outgoing_segment const& segment, std::size_t payload) {
    offload meta;
    meta.checksum_partial = true;
    meta.checksum_start = ip_length;
    meta.checksum_offset = tcp_checksum_offset;
    if (segment.gso_size != 0 && payload > segment.gso_size) {
        meta.kind = offload::segmentation::tcp4;
        meta.gso_size = segment.gso_size;
    }
    return meta;
}

}  // namespace

output::output(environment& world, topology const& topology, counters& counts,
               connection_test lives_here)
    : world_(world), topology_(topology), counts_(counts), lives_here_(std::move(lives_here)) {}

void output::send(tcp::outgoing_segment const& segment) {
    assert(segment.header.size() <= longest_tcp_header);
    std::size_t const payload = segment.payload.bytes();
    std::size_t const tcp_bytes = segment.header.size() + payload;

    std::array<std::byte, ip_length + longest_tcp_header> headers;
    auto header =
        header_for(segment.source, segment.destination, wire::protocol::tcp, ip_length + tcp_bytes);
    header.ecn = segment.ecn;
    wire::write(header, std::span(headers).first<ip_length>());
    std::copy(segment.header.begin(), segment.header.end(), headers.begin() + ip_length);
    // The device (or the segmenter) sums from here; for a super-segment, too, over the full length.
    auto const sum = wire::pseudo_header(segment.source, segment.destination, wire::protocol::tcp,
                                         static_cast<std::uint16_t>(tcp_bytes));
    store_be16(headers.data() + ip_length + tcp_checksum_offset, sum.folded());

    fragments packet;
    packet.push_back(std::span(headers).first(ip_length + segment.header.size()));
    if (segment.payload.full()) {  // no place left beside the headers: rare, so copied
        gathered_.clear();
        for (auto piece : segment.payload)
            gathered_.insert(gathered_.end(), piece.begin(), piece.end());
        packet.push_back(gathered_);
    } else {
        for (auto piece : segment.payload)
            packet.push_back(piece);
    }
    auto const received =
        wire::received_tuple(segment.source, segment.destination, segment.header.data());
    dispatch(segment.destination, &received, packet, offload_for(segment, payload));
}

std::uint16_t output::path_mtu(address const&, address const& destination) const {
    if (topology_.dvipa(destination) != nullptr) return topology_.smallest_mtu();
    if (topology_.is_local(destination)) return loopback_mtu;
    auto const way = topology_.find_route(destination);
    return way ? way->mtu : std::uint16_t{0};
}

void output::send_icmp(address const& source, address const& destination,
                       std::span<std::byte const> head, std::span<std::byte const> rest) {
    std::array<std::byte, ip_length + 128> headers;
    assert(head.size() <= headers.size() - ip_length);
    auto const header = header_for(source, destination, wire::protocol::icmp,
                                   ip_length + head.size() + rest.size());
    wire::write(header, std::span(headers).first<ip_length>());
    std::copy(head.begin(), head.end(), headers.begin() + ip_length);
    wire::checksum sum;
    sum.add(head);
    sum.add(rest);
    store_be16(headers.data() + ip_length + icmp_checksum_offset, sum.value());
    fragments packet;
    packet.push_back(std::span(headers).first(ip_length + head.size()));
    packet.push_back(rest);
    dispatch(destination, nullptr, packet, {});
}

wire::ipv4_header output::header_for(address const& source, address const& destination,
                                     wire::protocol payload, std::size_t length) {
    wire::ipv4_header header;
    header.total_length = static_cast<std::uint16_t>(length);
    // RFC 6864 4.1: with DF set any value will do; TSO hands out a run of them from here.
    header.identification = identification_++;
    header.dont_fragment = true;
    header.ttl = topology_.settings().ip.ttl;
    header.payload = payload;
    header.source = source;
    header.destination = destination;
    return header;
}

/// A DVIPA that someone else owns is not a destination of our own output unless the very connection
/// is here: else a target's connect to the service it serves itself would never pass the
/// distributor.
bool output::goes_to_self(address const& destination, four_tuple const* received) const {
    auto const* const dvipa = topology_.dvipa(destination);
    if (dvipa == nullptr) return topology_.is_local(destination);
    return topology_.owns(*dvipa) || (received != nullptr && lives_here_(*received));
}

void output::dispatch(address const& destination, four_tuple const* received,
                      fragments const& packet, offload const& meta) {
    counts_.add(counter::packets_out);
    if (goes_to_self(destination, received)) {
        if (!to_self_.push(packet, meta)) counts_.drop(drop_reason::loopback_full);
        return;
    }
    if (auto const* const dvipa = topology_.dvipa(destination)) {
        if (topology_.owned_by_another(*dvipa))
            world_.forward(dvipa->owner, packet, meta);
        else
            counts_.drop(drop_reason::owner_unknown);
        return;
    }
    auto const way = topology_.find_route(destination);
    if (way)
        world_.transmit(way->interface, packet, meta);
    else
        counts_.drop(drop_reason::no_route);
}

}  // namespace stack::ip
