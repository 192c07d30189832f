// The way of a packet in: checks, whose it is, and who gets it.
#include "stack/ip/encapsulation.hpp"
#include "stack/shard/parts.hpp"
#include "stack/tun/offload_check.hpp"
#include "stack/wire/icmp4.hpp"
#include "stack/wire/transport_ports.hpp"
#include "stack/wire/udp.hpp"

#include <algorithm>

namespace stack {

using ip::drop_reason;

namespace {

/// What the user of a UDP socket is told (RFC 1122 4.1.3.3).
error_code error_of(tcp::unreachable_kind kind) {
    namespace errc = boost::system::errc;
    switch (kind) {
        case tcp::unreachable_kind::port:
        case tcp::unreachable_kind::protocol:
            return errc::make_error_code(errc::connection_refused);
        case tcp::unreachable_kind::network:
            return errc::make_error_code(errc::network_unreachable);
        case tcp::unreachable_kind::prohibited:
        case tcp::unreachable_kind::host:
            break;
    }
    return errc::make_error_code(errc::host_unreachable);
}

}  // namespace

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
    deliver(in, {from}, now);
}

void shard::impl::receive_handed(member_id from, std::span<std::byte const> packet,
                                 offload const& meta, instant now) {
    ip::inbound in;
    if (auto const verdict = ip::parse(packet, meta, in); verdict != drop_reason::none)
        return counts.drop(verdict);
    // The configuration may have changed on the way.
    if (!topology.is_local(in.destination)) return counts.drop(drop_reason::martian_destination);
    deliver(in, {from, true}, now);
}

bool shard::impl::handed_over(four_tuple const& flow, ip::inbound const& packet, member_id from) {
    if (is_own(flow, where)) return false;
    hand_over(owner_of(flow, where), packet, from);
    return true;
}

void shard::impl::hand_over(std::size_t shard, ip::inbound const& packet, member_id from) {
    counts.add(ip::counter::handed_over);
    world.hand_over(shard, from, packet.packet, packet.meta);
}

void shard::impl::receive_own(std::span<std::byte const> packet, offload const& meta, instant now) {
    counts.add(ip::counter::packets_in);
    ip::inbound in;
    if (auto const verdict = ip::parse(packet, meta, in); verdict != drop_reason::none)
        return counts.drop(verdict);
    deliver(in, {}, now);
}

void shard::impl::deliver(ip::inbound packet, way_in way, instant now) {
    if (auto const refused = ip::open(packet); refused.reason != drop_reason::none)
        return refuse(packet, refused, now);
    if (packet.fragment) return reassemble(packet, way.from, now);
    deliver_whole(packet, way, now);
}

void shard::impl::reassemble(ip::inbound const& part, member_id from, instant now) {
    // Only the first fragment has ports: until they are one, they meet by their addresses.
    if (handed_over({{part.destination, 0}, {part.source, 0}}, part, from)) return;
    counts.add(ip::counter::fragments_in);
    auto const patience = topology.settings().ip_for(part.source).reassembly_timeout;
    auto const outcome = reassembly.add(part, patience, now);
    if (outcome.refused.reason != drop_reason::none) return refuse(part, outcome.refused, now);
    if (outcome.whole.empty()) return;
    ip::inbound whole;
    if (auto const verdict = ip::parse(outcome.whole, {}, whole); verdict != drop_reason::none)
        return counts.drop(verdict);
    if (auto const refused = ip::open(whole); refused.reason != drop_reason::none)
        return refuse(whole, refused, now);
    // A datagram of fragments that is itself a fragment: no sender makes that (RFC 8200 4.1).
    if (whole.fragment) return counts.drop(drop_reason::bad_extension);
    whole.reassembled = true;
    deliver_whole(whole, {from}, now);
}

void shard::impl::refuse(ip::inbound const& packet, ip::refusal const& why, instant now) {
    counts.drop(why.reason);
    if (why.problem) icmp.report(packet, packet.destination, *why.problem, now);
}

void shard::impl::give_up_fragments(instant now) {
    reassembly.expire(now, [&](std::span<std::byte const> first) {
        ip::inbound packet;
        if (ip::parse(first, {}, packet) != drop_reason::none) return;
        icmp.report(packet, packet.destination, {ip::problem::kind::reassembly, 0}, now);
    });
}

void shard::impl::deliver_whole(ip::inbound const& packet, way_in way, instant now) {
    using kind = ip::problem::kind;
    auto const own_icmp = packet.v4() ? wire::protocol::icmp : wire::protocol::icmp6;
    if (packet.protocol == own_icmp) return deliver_icmp(packet, way, now);
    switch (packet.protocol) {
        case wire::protocol::tcp:
            return deliver_tcp(packet, way, now);
        case wire::protocol::udp:
            return deliver_udp(packet, way.from, now);
        case wire::protocol::gre:
        case wire::protocol::ipv6:
            if (auto const from = tunnel_of(packet)) return deliver_tunnelled(packet, *from, now);
            break;
        case wire::protocol::none:  // RFC 8200 4.7: nothing to do
            if (!packet.v4()) return;
            break;
        default:
            break;
    }
    refuse(packet,
           {drop_reason::protocol_unreachable, {{kind::protocol, ip::naming_octet(packet)}}}, now);
}

/// The stack whose tunnel the packet comes from, or nothing: tunnels of the group are of one family
/// inside and outside.
std::optional<member_id> shard::impl::tunnel_of(ip::inbound const& packet) const {
    if ((packet.protocol == wire::protocol::gre) != packet.v4()) return std::nullopt;
    auto const& known = topology.settings().tunnel_sources;
    auto const sender = std::lower_bound(
        known.begin(), known.end(), packet.source,
        [](tunnel_source const& each, address const& host) { return each.host < host; });
    if (sender == known.end() || sender->host != packet.source) return std::nullopt;
    return sender->who;
}

/// What the owner of a DVIPA has sent here by a VIPAROUTE.
void shard::impl::deliver_tunnelled(ip::inbound const& packet, member_id from, instant now) {
    auto const inner = ip::decapsulate(packet, unwrapped);
    if (!inner) return counts.drop(drop_reason::tunnel_refused);
    ip::inbound in;
    if (auto const verdict = ip::parse(*inner, {}, in); verdict != drop_reason::none)
        return counts.drop(verdict);
    if (auto const verdict = ip::check_martian(in.source, in.destination);
        verdict != drop_reason::none)
        return counts.drop(verdict);
    if (topology.dvipa(in.destination) == nullptr) return counts.drop(drop_reason::tunnel_refused);
    counts.add(ip::counter::tunnelled_in);
    deliver(in, {from}, now);
}

void shard::impl::deliver_tcp(ip::inbound const& packet, way_in way, instant now) {
    if (packet.payload.size() < wire::ports_length) return counts.drop(drop_reason::truncated);
    auto const tuple =
        wire::received_tuple(packet.source, packet.destination, packet.payload.data());
    if (auto const* const dvipa = topology.dvipa(packet.destination))
        return deliver_to_dvipa(packet, tuple, *dvipa, way, now);
    if (!handed_over(tuple, packet, way.from)) dvipa::deliver(engine, counts, packet, now);
}

void shard::impl::deliver_to_dvipa(ip::inbound const& packet, four_tuple const& tuple,
                                   dvipa_settings const& dvipa, way_in way, instant now) {
    if (engine.knows(tuple)) return dvipa::deliver(engine, counts, packet, now);
    bool const first = where.index == 0;
    if (topology.owns(dvipa)) {
        if (first) return router.input(packet, dvipa, way.from, now);
        // What the first shard hands over it has found to be for this one.
        if (!way.handed) return hand_over(0, packet, way.from);
        return dvipa::deliver(engine, counts, packet, now);
    }
    if (way.from.valid()) {
        if (handed_over(tuple, packet, way.from)) return;
        // The owner has sent it here, or else a stack that knows more or less of the owner than
        // this one: what it may have meant is not to be answered with a reset.
        bool const is_taken =
            way.from == dvipa.owner || (dvipa::opens(packet) && engine.listens(tuple.local));
        if (!is_taken) return counts.drop(drop_reason::owner_unknown);
        return dvipa::deliver(engine, counts, packet, now);
    }
    // The connection may be here: its shard looks first.
    if (!way.handed && handed_over(tuple, packet, {})) return;
    if (dvipa::opens(packet) && topology.is_local(packet.source) && router.stays_here(tuple))
        return dvipa::deliver(engine, counts, packet, now);
    if (!topology.owned_by_another(dvipa)) return counts.drop(drop_reason::owner_unknown);
    if (!first) return hand_over(0, packet, {});
    fragments whole;
    whole.push_back(packet.packet);
    counts.add(ip::counter::segments_forwarded);
    world.forward(dvipa.owner, whole, packet.meta);
}

/// Wherever it arrived: the first shard has all UDP sockets.
void shard::impl::deliver_udp(ip::inbound const& packet, member_id from, instant now) {
    if (where.index != 0) return hand_over(0, packet, from);
    if (udp_sent_on(packet, from, now) || datagrams.input(packet)) return;
    // RFC 1122 4.1.3.1.
    refuse(packet, {drop_reason::port_unreachable, {{ip::problem::kind::port, 0}}}, now);
}

/// Whether it is for another stack, which has it then or is no longer there.
bool shard::impl::udp_sent_on(ip::inbound const& packet, member_id from, instant now) {
    auto const* const dvipa = topology.dvipa(packet.destination);
    if (dvipa == nullptr || packet.payload.size() < wire::udp_header_length) return false;
    auto const tuple =
        wire::received_tuple(packet.source, packet.destination, packet.payload.data());
    if (topology.owns(*dvipa)) {
        auto const receiver = datagram_router.receiver(*dvipa, tuple);
        if (!receiver && dvipa->settling) {  // nothing is to be said of what is not known yet
            counts.drop(drop_reason::no_target);
            return true;
        }
        if (!receiver || *receiver == topology.settings().self) return false;
        tunnels.send(*receiver, packet, now);
        return true;
    }
    bool const is_its = from.valid() || datagrams.takes(tuple) != udp::sockets::match::none;
    if (is_its || !topology.owned_by_another(*dvipa)) return false;
    fragments whole;
    whole.push_back(packet.packet);
    counts.add(ip::counter::segments_forwarded);
    world.forward(dvipa->owner, whole, packet.meta);
    return true;
}

/// Whether another shard has it then: the one whose segment it quotes, or, of a connection that is
/// not here, the first, which knows where it is.
bool shard::impl::is_for_another(ip::inbound const& packet, way_in way) {
    if (packet.payload.size() < wire::icmp4_view::minimum) return false;
    drop_reason why_not = drop_reason::none;  // counted by input(), if it is ours
    auto const quoted = ip::read_quote(packet, why_not);
    if (!quoted) return false;
    bool const of_tcp = quoted->of == ip::quoted_segment::kind::tcp;
    if (of_tcp && !way.handed && handed_over(quoted->tuple, packet, way.from)) return true;
    auto const* const dvipa = topology.dvipa(packet.destination);
    bool const elsewhere =
        dvipa != nullptr && topology.owns(*dvipa) && !engine.knows(quoted->tuple);
    if (where.index == 0 || (of_tcp && !elsewhere)) return false;
    hand_over(0, packet, way.from);
    return true;
}

void shard::impl::deliver_icmp(ip::inbound const& packet, way_in way, instant now) {
    if (!where.is_alone() && is_for_another(packet, way)) return;
    auto const quoted = icmp.input(packet);
    if (!quoted) return;
    switch (quoted->of) {
        case ip::quoted_segment::kind::tcp:
            break;
        case ip::quoted_segment::kind::udp:
            return tell_udp(packet, *quoted, now);
        case ip::quoted_segment::kind::tunnel:
            return tunnels.failed(*quoted, now);
    }
    if (engine.knows(quoted->tuple)) return tell_engine(*quoted, now);
    auto const* const dvipa = topology.dvipa(packet.destination);
    if (dvipa != nullptr && topology.owns(*dvipa)) return router.follow(packet, *quoted, now);
    counts.drop(drop_reason::icmp_unmatched);
}

void shard::impl::tell_engine(ip::quoted_segment const& quoted, instant now) {
    if (quoted.unreachable)
        engine.unreachable(quoted.tuple, quoted.sequence, *quoted.unreachable, now);
    else
        engine.path_mtu_changed(quoted.tuple, quoted.sequence, quoted.mtu, now);
}

void shard::impl::tell_udp(ip::inbound const& packet, ip::quoted_segment const& quoted,
                           instant now) {
    bool const known = quoted.unreachable
                           ? datagrams.unreachable(quoted.tuple, error_of(*quoted.unreachable))
                           : datagrams.path_mtu_changed(quoted.tuple, quoted.mtu, now);
    if (known) return;
    auto const* const dvipa = topology.dvipa(quoted.tuple.local.host);
    if (dvipa != nullptr && topology.owns(*dvipa))
        if (auto const sender = datagram_router.receiver(*dvipa, quoted.tuple))
            return tunnels.send(*sender, packet, now);
    counts.drop(drop_reason::icmp_unmatched);
}

}  // namespace stack
