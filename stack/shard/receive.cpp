// The way of a packet in: checks, whose it is, and who gets it.
#include "stack/shard/parts.hpp"
#include "stack/tun/offload_check.hpp"
#include "stack/wire/transport_ports.hpp"

namespace stack {

using ip::drop_reason;

void shard::impl::receive(std::size_t index, std::span<std::byte const> packet, offload const& meta,
                          instant now) {
    counts.add(ip::counter::packets_in);
    ip::inbound in;
    if (index >= topology.settings().interfaces.size())
        return counts.drop(drop_reason::martian_destination);
    if (auto const verdict = ip::parse(packet, meta, in); verdict != drop_reason::none)
        return counts.drop(verdict);
    if (auto const verdict = ip::check_martian(in.source, in.destination);
        verdict != drop_reason::none)
        return counts.drop(verdict);
    // Our own address from outside is a lie, but a DVIPA's may come from any stack that has it.
    if (topology.interface_of(in.source) != nullptr)
        return counts.drop(drop_reason::martian_source);
    if (topology.is_local(in.destination)) return deliver(in, {}, now);
    forwarding.input(in, index, now);
}

void shard::impl::receive_forwarded(member_id from, std::span<std::byte const> packet,
                                    offload const& meta, instant now) {
    counts.add(ip::counter::segments_from_members);
    if (!tun::is_sound(meta, packet)) return counts.drop(drop_reason::bad_offload);
    ip::inbound in;
    if (auto const verdict = ip::parse(packet, meta, in); verdict != drop_reason::none)
        return counts.drop(verdict);
    if (topology.dvipa(in.destination) == nullptr)
        return counts.drop(drop_reason::martian_destination);
    deliver(in, from, now);
}

void shard::impl::receive_own(std::span<std::byte const> packet, offload const& meta, instant now) {
    counts.add(ip::counter::packets_in);
    ip::inbound in;
    if (auto const verdict = ip::parse(packet, meta, in); verdict != drop_reason::none)
        return counts.drop(verdict);
    deliver(in, {}, now);
}

void shard::impl::deliver(ip::inbound const& packet, member_id from, instant now) {
    switch (packet.protocol) {
        case wire::protocol::tcp:
            return deliver_tcp(packet, from, now);
        case wire::protocol::icmp:
            return deliver_icmp(packet, now);
        case wire::protocol::udp:
            counts.drop(drop_reason::port_unreachable);
            return icmp.send_unreachable(packet, packet.destination, wire::unreachable_code::port,
                                         0, now);
        default:
            counts.drop(drop_reason::protocol_unreachable);
            return icmp.send_unreachable(packet, packet.destination,
                                         wire::unreachable_code::protocol, 0, now);
    }
}

void shard::impl::deliver_tcp(ip::inbound const& packet, member_id from, instant now) {
    if (packet.payload.size() < wire::ports_length) return counts.drop(drop_reason::truncated);
    auto const* const dvipa = topology.dvipa(packet.destination);
    if (dvipa != nullptr && topology.owns(*dvipa)) return router.input(packet, *dvipa, from, now);
    auto const tuple =
        wire::received_tuple(packet.source, packet.destination, packet.payload.data());
    // The owner has sent it here, or it is for this stack alone, or the connection is here.
    if (dvipa == nullptr || from.valid() || engine.knows(tuple))
        return dvipa::deliver(engine, counts, packet, now);
    if (!topology.owned_by_another(*dvipa)) return counts.drop(drop_reason::owner_unknown);
    fragments whole;
    whole.push_back(packet.packet);
    counts.add(ip::counter::segments_forwarded);
    world.forward(dvipa->owner, whole, packet.meta);
}

void shard::impl::deliver_icmp(ip::inbound const& packet, instant now) {
    auto const quoted = icmp.input(packet);
    if (!quoted) return;
    if (engine.knows(quoted->tuple)) return tell_engine(*quoted, now);
    auto const* const dvipa = topology.dvipa(packet.destination);
    if (dvipa != nullptr && topology.owns(*dvipa)) return router.follow(packet, *quoted);
    counts.drop(drop_reason::icmp_unmatched);
}

void shard::impl::tell_engine(ip::quoted_segment const& quoted, instant now) {
    using code = wire::unreachable_code;
    auto const unreachable = [&](tcp::unreachable_kind kind) {
        engine.unreachable(quoted.tuple, quoted.sequence, kind, now);
    };
    switch (quoted.code) {
        case code::fragmentation_needed:
            return engine.path_mtu_changed(quoted.tuple, quoted.sequence, quoted.mtu, now);
        case code::network:
            return unreachable(tcp::unreachable_kind::network);
        case code::host:
            return unreachable(tcp::unreachable_kind::host);
        case code::protocol:
            return unreachable(tcp::unreachable_kind::protocol);
        case code::port:
            return unreachable(tcp::unreachable_kind::port);
    }
    // RFC 1122 3.2.2.1: 9, 10 and 13 are prohibitions, the others say that the host or network
    // can't be reached (now).
    auto const number = static_cast<unsigned>(quoted.code);
    bool const prohibited = number == 9 || number == 10 || number == 13;
    unreachable(prohibited ? tcp::unreachable_kind::prohibited : tcp::unreachable_kind::host);
}

}  // namespace stack
