#include "stack/ip/output.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/ip/fragmentation.hpp"
#include "stack/wire/checksum.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/pseudo_header.hpp"
#include "stack/wire/transport_ports.hpp"
#include "stack/wire/udp.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace stack::ip {
namespace {

constexpr std::size_t longest_ip_header = wire::ipv6_view::minimum;
constexpr std::size_t longest_tcp_header = 60;
constexpr std::size_t tcp_checksum_offset = 16;
constexpr std::size_t icmp_checksum_offset = 2;
constexpr std::uint16_t loopback_mtu = 65535;

std::size_t ip_length(address const& host) {
    return host.is_v4() ? wire::ipv4_view::minimum : wire::ipv6_view::minimum;
}

offload offload_for(tcp::outgoing_segment const& segment, std::size_t payload) {
    offload meta;
    meta.checksum_partial = true;
    meta.checksum_start = static_cast<std::uint16_t>(ip_length(segment.source));
    meta.checksum_offset = tcp_checksum_offset;
    if (segment.gso_size != 0 && payload > segment.gso_size) {
        meta.kind =
            segment.source.is_v4() ? offload::segmentation::tcp4 : offload::segmentation::tcp6;
        meta.gso_size = segment.gso_size;
    }
    return meta;
}

}  // namespace

output::output(environment& world, topology const& topology, counters& counts,
               connection_test lives_here, siphash_key const& key)
    : world_(world),
      topology_(topology),
      counts_(counts),
      lives_here_(std::move(lives_here)),
      hash_{key},
      identification_(key) {}

void output::send(tcp::outgoing_segment const& segment) {
    assert(segment.header.size() <= longest_tcp_header);
    std::size_t const payload = segment.payload.bytes();
    auto const received =
        wire::received_tuple(segment.source, segment.destination, segment.header.data());

    packet_header header;
    header.source = segment.source;
    header.destination = segment.destination;
    header.payload_length = segment.header.size() + payload;
    header.ecn = segment.ecn;
    // RFC 6864 4.1: with DF set any value will do; TSO hands out a run of them from here.
    if (segment.source.is_v4())
        header.identification = atomic_identification_++;
    else
        header.flow_label = flow_label(received);
    std::array<std::byte, longest_ip_header + longest_tcp_header> headers;
    std::size_t const ip = write(header, headers);
    std::copy(segment.header.begin(), segment.header.end(),
              headers.begin() + static_cast<std::ptrdiff_t>(ip));
    // The device (or the segmenter) sums from here; for a super-segment, too, over the full length.
    auto const sum = wire::pseudo_header(segment.source, segment.destination, wire::protocol::tcp,
                                         static_cast<std::uint16_t>(header.payload_length));
    store_be16(headers.data() + ip + tcp_checksum_offset, sum.folded());

    auto const packet = join(std::span(headers).first(ip + segment.header.size()), segment.payload);
    dispatch(segment.source, segment.destination, &received, packet, offload_for(segment, payload));
}

std::uint16_t output::path_mtu(address const& source, address const& destination) const {
    auto const what = topology_.of(destination);
    if (what.dvipa != nullptr) return topology_.smallest_mtu(destination.is_v4());
    if (what.is_local()) return loopback_mtu;
    auto const way = topology_.find_route(source, destination);
    return way ? way->mtu : std::uint16_t{0};
}

std::uint16_t output::tunnel_overhead(address const& local) const {
    auto const* const dvipa = topology_.dvipa(local);
    return dvipa == nullptr ? std::uint16_t{0} : dvipa->tunnel_overhead;
}

void output::send(udp::outgoing_datagram const& datagram) {
    auto const& source = datagram.source.host;
    auto const& destination = datagram.destination.host;
    bool const v4 = source.is_v4();
    packet_header header;
    header.source = source;
    header.destination = destination;
    header.protocol = wire::protocol::udp;
    header.payload_length = wire::udp_header_length + datagram.payload.bytes();
    std::uint32_t const identification = identification_.next(source, destination);
    header.dont_fragment = false;
    header.identification = static_cast<std::uint16_t>(identification);
    if (!v4) header.flow_label = flow_label({datagram.destination, datagram.source});

    std::array<std::byte, longest_ip_header + wire::udp_header_length> headers;
    std::size_t const ip = write(header, headers);
    auto const udp = std::span(headers).subspan(ip, wire::udp_header_length);
    auto const fields = wire::udp_header_bytes(datagram.source.port, datagram.destination.port,
                                               datagram.payload.bytes());
    std::copy(fields.begin(), fields.end(), udp.begin());
    bool const summed = datagram.checksum || !v4;  // RFC 8200 8.1
    auto sum = wire::pseudo_header(source, destination, header.protocol,
                                   static_cast<std::uint16_t>(header.payload_length));
    std::uint16_t mtu = path_mtu(source, destination);
    if (datagram.path_mtu != 0) mtu = std::min(mtu, datagram.path_mtu);
    if (ip + header.payload_length <= mtu || mtu == 0) {
        offload meta;
        if (summed) {
            meta.checksum_partial = true;
            meta.checksum_start = static_cast<std::uint16_t>(ip);
            meta.checksum_offset = wire::udp_checksum_offset;
            store_be16(udp.data() + wire::udp_checksum_offset, sum.folded());
        }
        auto const packet = join(std::span(headers).first(ip + udp.size()), datagram.payload);
        return dispatch(source, destination, nullptr, packet, meta);
    }
    if (summed) {  // no device sums over several packets
        sum.add(fields);
        for (auto piece : datagram.payload)
            sum.add(piece);
        store_be16(udp.data() + wire::udp_checksum_offset, wire::udp_checksum_field(sum.value()));
    }
    cut(header, identification, join(udp, datagram.payload), mtu);
}

void output::send_icmp(address const& source, address const& destination,
                       std::span<std::byte const> head, std::span<std::byte const> rest) {
    bool const v4 = source.is_v4();
    packet_header header;
    header.source = source;
    header.destination = destination;
    header.protocol = v4 ? wire::protocol::icmp : wire::protocol::icmp6;
    header.payload_length = head.size() + rest.size();
    std::uint32_t const identification = identification_.next(source, destination);
    header.dont_fragment = false;
    header.identification = static_cast<std::uint16_t>(identification);
    if (!v4) header.flow_label = flow_label({{destination, 0}, {source, 0}});
    std::array<std::byte, longest_ip_header> ip_bytes;
    auto const ip = std::span(ip_bytes).first(write(header, ip_bytes));

    std::array<std::byte, 128> message;
    assert(head.size() <= message.size());
    std::copy(head.begin(), head.end(), message.begin());
    wire::checksum sum;
    if (!v4)
        sum = wire::pseudo_header(source, destination, header.protocol,
                                  static_cast<std::uint16_t>(header.payload_length));
    sum.add(head);
    sum.add(rest);
    store_be16(message.data() + icmp_checksum_offset, sum.value());

    std::uint16_t const mtu = path_mtu(source, destination);
    if (ip.size() + header.payload_length <= mtu || mtu == 0) {
        fragments packet;
        packet.push_back(ip);
        packet.push_back(std::span(message).first(head.size()));
        packet.push_back(rest);
        return dispatch(source, destination, nullptr, packet, {});
    }
    fragments payload;
    payload.push_back(std::span(message).first(head.size()));
    payload.push_back(rest);
    cut(header, identification, payload, mtu);
}

void output::cut(packet_header const& header, std::uint32_t identification,
                 fragments const& payload, std::uint16_t mtu) {
    std::array<std::byte, longest_ip_header> ip_bytes;
    auto const ip = std::span(ip_bytes).first(write(header, ip_bytes));
    auto const take = [&](fragments const& piece) {
        counts_.add(counter::fragments_out);
        dispatch(header.source, header.destination, nullptr, piece, {});
    };
    if (header.source.is_v4())
        cut_v4(ip, payload, mtu, take);
    else
        cut_v6(ip, identification, payload, mtu, take);
}

fragments output::join(std::span<std::byte const> head, fragments const& rest) {
    fragments out;
    out.push_back(head);
    if (rest.size() + 2 > fragments::capacity) {  // a fragment's header needs a place: rare
        gathered_.clear();
        for (auto piece : rest)
            gathered_.insert(gathered_.end(), piece.begin(), piece.end());
        out.push_back(gathered_);
    } else {
        for (auto piece : rest)
            out.push_back(piece);
    }
    return out;
}

std::size_t output::write(packet_header const& header, std::span<std::byte> to) const {
    auto const hops = topology_.settings().ip_for(header.source).ttl;
    if (header.source.is_v4()) {
        constexpr std::size_t length = wire::ipv4_view::minimum;
        wire::ipv4_header v4;
        v4.ecn = header.ecn;
        v4.total_length = static_cast<std::uint16_t>(length + header.payload_length);
        v4.identification = header.identification;
        v4.dont_fragment = header.dont_fragment;
        v4.ttl = hops;
        v4.payload = header.protocol;
        v4.source = header.source;
        v4.destination = header.destination;
        wire::write(v4, to.first<length>());
        return length;
    }
    constexpr std::size_t length = wire::ipv6_view::minimum;
    wire::ipv6_header v6;
    v6.ecn = header.ecn;
    v6.flow_label = header.flow_label;
    v6.payload_length = static_cast<std::uint16_t>(header.payload_length);
    v6.next_header = header.protocol;
    v6.hop_limit = hops;
    v6.source = header.source;
    v6.destination = header.destination;
    wire::write(v6, to.first<length>());
    return length;
}

/// RFC 6437 3: the same for all packets of a flow, hard to guess, and not 0.
std::uint32_t output::flow_label(four_tuple const& flow) const {
    auto const label = static_cast<std::uint32_t>(hash_(flow) & 0xfffffU);
    return label == 0 ? 1 : label;
}

/// A DVIPA that someone else owns is not a destination of our own output unless the very connection
/// is here: else a target's connect to the service it serves itself would never pass the
/// distributor.
bool output::goes_to_self(topology::standing const& destination, four_tuple const* received) const {
    if (destination.dvipa == nullptr) return destination.is_local();
    return topology_.owns(*destination.dvipa) || (received != nullptr && lives_here_(*received));
}

void output::dispatch(address const& source, address const& destination, four_tuple const* received,
                      fragments const& packet, offload const& meta) {
    counts_.add(counter::packets_out);
    auto const what = topology_.of(destination);
    if (goes_to_self(what, received)) {
        if (!to_self_.push(packet, meta)) counts_.drop(drop_reason::loopback_full);
        return;
    }
    if (what.dvipa != nullptr) {
        if (topology_.owned_by_another(*what.dvipa))
            world_.forward(what.dvipa->owner, packet, meta);
        else
            counts_.drop(drop_reason::owner_unknown);
        return;
    }
    auto const way = topology_.find_route(source, destination);
    if (way)
        world_.transmit(way->interface, packet, meta);
    else
        counts_.drop(drop_reason::no_route);
}

}  // namespace stack::ip
