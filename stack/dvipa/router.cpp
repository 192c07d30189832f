#include "stack/dvipa/router.hpp"

#include "stack/wire/transport_ports.hpp"

#include <algorithm>

namespace stack::dvipa {
namespace {

constexpr std::size_t tcp_header = 20;

four_tuple tuple_of(ip::inbound const& packet) {
    return wire::received_tuple(packet.source, packet.destination, packet.payload.data());
}

bool has_affinities(settings const& in) {
    return std::any_of(in.dvipas.begin(), in.dvipas.end(), [](dvipa_settings const& dvipa) {
        return std::any_of(dvipa.distributions.begin(), dvipa.distributions.end(),
                           [](auto const& each) { return each.affinity.count() != 0; });
    });
}

/// A packet that has been looked at when it was put away.
std::optional<ip::inbound> reopened(stored_packet const& kept) {
    ip::inbound packet;
    bool const is_sound = ip::parse(kept.bytes, kept.meta, packet) == ip::drop_reason::none &&
                          ip::open(packet).reason == ip::drop_reason::none;
    return is_sound ? std::optional(packet) : std::nullopt;
}

fragments whole(ip::inbound const& packet) {
    fragments out;
    out.push_back(packet.packet);
    return out;
}

}  // namespace

bool opens(ip::inbound const& packet) {
    constexpr unsigned syn = 0x02;
    constexpr unsigned rst = 0x04;
    constexpr unsigned ack = 0x10;
    return packet.payload.size() >= tcp_header &&
           (std::to_integer<unsigned>(packet.payload[13]) & (syn | rst | ack)) == syn;
}

void deliver(tcp::engine& engine, ip::counters& counts, ip::inbound const& packet, instant now) {
    if (!ip::tcp_checksum_is_right(packet)) {
        counts.drop(ip::drop_reason::bad_tcp_checksum);
        return;
    }
    engine.input(
        {packet.source, packet.destination, packet.payload, packet.meta.gso_size, packet.ecn}, now);
}

void router::input(ip::inbound const& packet, dvipa_settings const& dvipa, member_id from,
                   instant now) {
    if (packet.payload.size() < tcp_header) {
        counts_.drop(ip::drop_reason::truncated);
        return;
    }
    auto const tuple = tuple_of(packet);
    if (auto const row = rows_.find(tuple)) return send_on(row->holder, packet, tuple, from, now);
    if (opens(packet) && !dvipa.settling) {
        if (distribute(packet, dvipa, tuple, from, now)) return;
        if (engine_.listens(tuple.local)) return deliver_here(packet, tuple, from, now);
    }
    unmatched(packet, dvipa, tuple, from, now);
}

bool router::distribute(ip::inbound const& packet, dvipa_settings const& dvipa,
                        four_tuple const& tuple, member_id from, instant now) {
    auto const* const rule = dvipa.distribution_of(tuple.local.port);
    if (rule == nullptr) return false;
    member_id const client =
        topology_.is_local(packet.source) && !from.valid() ? topology_.settings().self : from;
    auto const target = choose_target(tuple, *rule, client, now);
    if (!target) {
        counts_.drop(ip::drop_reason::no_target);
        return false;
    }
    counts_.add(ip::counter::connections_distributed);
    bool const has_row = rows_.distribute(tuple, *target, now);
    if (has_row) {
        count(tuple, *target);
        destinations_.handed_over(tuple.local, *target, now);
    }
    // A connection of this shard needs no row to get its segments; the row is to count it.
    bool const needs_row = *target != topology_.settings().self || !is_own(tuple, where_);
    if (has_row || !needs_row)
        send_on(*target, packet, tuple, from, now);
    else
        counts_.drop(ip::drop_reason::routing_table_full);
    return true;
}

bool router::stays_here(four_tuple const& tuple) const {
    auto const* const dvipa = topology_.dvipa(tuple.local.host);
    auto const* const rule = dvipa == nullptr ? nullptr : dvipa->distribution_of(tuple.local.port);
    if (rule == nullptr || !rule->stays_local()) return false;
    auto const* const own = rule->target(topology_.settings().self);
    bool const may = own != nullptr && (!rule->has_weights() || own->weight != 0);
    // Overloaded, it leaves the choice to the owner (IP Configuration Guide, OPTLOCAL).
    return may && engine_.listens(tuple.local) &&
           !topology_.settings().quiesced.contains(tuple.local.port) &&
           engine_.backlog_room(tuple.local) != 0;
}

/// The affinity of the client comes before the method.
std::optional<member_id> router::choose_target(four_tuple const& tuple,
                                               distribution_settings const& rule, member_id client,
                                               instant now) {
    auto const self = topology_.settings().self;
    bool const self_listens = ports_.listeners(tuple.local) != 0 &&
                              !topology_.settings().quiesced.contains(tuple.local.port);
    if (rule.affinity.count() != 0)
        if (auto const known = affinities_.find(tuple.local, tuple.remote.host, now))
            if (destinations_.take(tuple.local, rule, *known, self, self_listens)) return known;
    if (client == self && stays_here(tuple) &&
        destinations_.take(tuple.local, rule, self, self, self_listens))
        return self;
    return destinations_.pick(tuple.local, rule, self, self_listens, client);
}

/// `holder` has said that it has the connection.
void router::confirm(four_tuple const& tuple, member_id holder, bool inbound) {
    auto const before = rows_.find(tuple);
    if (!rows_.confirm(tuple, holder, inbound)) {
        // A connection of this stack is only not counted.
        if (holder != topology_.settings().self) counts_.drop(ip::drop_reason::routing_table_full);
        return;
    }
    if (before) discount(tuple, *before);
    bool const was_awaited = before && before->inbound && !before->confirmed;
    if (was_awaited && before->holder == holder) destinations_.arrived(tuple.local, holder);
    if (rows_.find(tuple)->inbound) count(tuple, holder);
}

void router::count(four_tuple const& tuple, member_id holder) {
    destinations_.opened(tuple.local, holder);
    auto const* const dvipa = topology_.dvipa(tuple.local.host);
    auto const* const rule = dvipa == nullptr ? nullptr : dvipa->distribution_of(tuple.local.port);
    if (rule != nullptr && rule->affinity.count() != 0)
        affinities_.opened(tuple.local, tuple.remote.host, holder);
}

void router::discount(four_tuple const& tuple, connection_row const& row) {
    if (!row.inbound) return;
    destinations_.ended(tuple.local, row.holder);
    auto const* const dvipa = topology_.dvipa(tuple.local.host);
    auto const* const rule = dvipa == nullptr ? nullptr : dvipa->distribution_of(tuple.local.port);
    affinities_.ended(tuple.local, tuple.remote.host, row.holder,
                      rule != nullptr ? rule->affinity : std::chrono::seconds(0));
}

/// Nothing here knows the connection. The first structure knows who holds the port; if that is no
/// answer, the notice of the connection may be on its way.
void router::unmatched(ip::inbound const& packet, dvipa_settings const& dvipa,
                       four_tuple const& tuple, member_id from, instant now) {
    port_holder holder{port_holder::kind::nobody, {}};
    if (dvipa.shared) holder = world_.who_holds(tuple);
    if (holder.what == port_holder::kind::one) {
        // Without a row: a hint for one segment, not the word of the holder.
        return send_on(holder.who, packet, tuple, from, now);
    }
    // RFC 9293 3.10.7.1: a reset, at once where no connection can be meant.
    if (holder.what == port_holder::kind::nobody && opens(packet) && !dvipa.settling)
        return deliver_here(packet, tuple, from, now);
    hold(packet, dvipa, tuple, from, now);
}

void router::hold(ip::inbound const& packet, dvipa_settings const& dvipa, four_tuple const& tuple,
                  member_id from, instant now) {
    switch (held_.hold(tuple, from, whole(packet), packet.meta, dvipa.settling, now)) {
        case hold_queue::outcome::held:
            counts_.add(ip::counter::held);
            break;
        case hold_queue::outcome::full:
            counts_.drop(ip::drop_reason::hold_full);
            break;
        case hold_queue::outcome::tuple_full:
            counts_.drop(ip::drop_reason::hold_tuple_full);
            break;
    }
}

void router::send_on(member_id to, ip::inbound const& packet, four_tuple const& tuple,
                     member_id from, instant now) {
    if (to != topology_.settings().self) return tunnels_.send(to, packet, now);
    deliver_here(packet, tuple, from, now);
}

/// To the shard whose connection it is, or would be.
void router::deliver_here(ip::inbound const& packet, four_tuple const& tuple, member_id from,
                          instant now) {
    if (is_own(tuple, where_)) return deliver(engine_, counts_, packet, now);
    counts_.add(ip::counter::handed_over);
    world_.hand_over(owner_of(tuple, where_), from, packet.packet, packet.meta);
}

void router::follow(ip::inbound const& packet, ip::quoted_segment const& quoted, instant now) {
    auto const self = topology_.settings().self;
    auto const row = rows_.find(quoted.tuple);
    if (row && row->holder != self) return tunnels_.send(row->holder, packet, now);
    auto const* const dvipa = topology_.dvipa(quoted.tuple.local.host);
    if (!row && dvipa != nullptr && topology_.owns(*dvipa) && dvipa->shared) {
        auto const holder = world_.who_holds(quoted.tuple);
        bool const known = holder.what == port_holder::kind::one && holder.who != self;
        if (known) return tunnels_.send(holder.who, packet, now);
    }
    counts_.drop(ip::drop_reason::icmp_unmatched);
}

void router::notice(member_id from, connection_notice const& notice, instant now) {
    auto const& tuple = notice.tuple;
    auto const* const dvipa = topology_.dvipa(tuple.local.host);
    switch (notice.what) {
        case connection_notice::kind::opened: {
            if (dvipa == nullptr || !topology_.owns(*dvipa)) return;
            bool const serves = from == topology_.settings().self
                                    ? ports_.listeners(tuple.local) != 0
                                    : destinations_.listens(tuple.local, from);
            confirm(tuple, from, serves);
            held_.release(tuple, [&](held_segment const& each) { confirmed(from, each, now); });
            return;
        }
        case connection_notice::kind::ended:
            if (auto const row = rows_.end(tuple, from)) discount(tuple, *row);
            return;
        case connection_notice::kind::listening:
            if (dvipa != nullptr && topology_.owns(*dvipa))
                destinations_.listening(tuple.local, from);
            return;
        case connection_notice::kind::stopped_listening:
            destinations_.stopped_listening(tuple.local, from);
            return;
        case connection_notice::kind::receiving:
        case connection_notice::kind::stopped_receiving:
            return;  // of UDP: datagram_router
    }
}

/// `holder` has said that it has the connection of a segment that was held.
void router::confirmed(member_id holder, held_segment const& segment, instant now) {
    counts_.add(ip::counter::held_released);
    auto const& kept = segment.packet;
    if (holder == topology_.settings().self)
        return world_.hand_over(owner_of(segment.tuple, where_), segment.from, kept.bytes,
                                kept.meta);
    if (auto const packet = reopened(kept)) tunnels_.send(holder, *packet, now);
}

void router::member_gone(member_id who) {
    rows_.remove_holder(who);
    destinations_.remove(who);
    affinities_.remove(who);
    held_.remove_from(who);
}

void router::configure() {
    auto const owned = [&](address const& host) {
        auto const* const dvipa = topology_.dvipa(host);
        return dvipa != nullptr && topology_.owns(*dvipa);
    };
    rows_.keep_addresses(owned);
    destinations_.keep_addresses(owned);
    destinations_.configure();
    affinities_.keep_addresses(owned);
    if (where_.index == 0 && has_affinities(topology_.settings())) affinities_.reserve();
}

void router::opened(four_tuple const& tuple, bool passive) {
    auto const* const dvipa = topology_.dvipa(tuple.local.host);
    if (dvipa == nullptr) return;
    if (passive && routes(*dvipa) && dvipa->distribution_of(tuple.local.port) != nullptr)
        return confirm(tuple, topology_.settings().self, true);
    tell(connection_notice::kind::opened, tuple);
}

void router::ended(four_tuple const& tuple) {
    if (auto const row = rows_.end(tuple, topology_.settings().self)) return discount(tuple, *row);
    tell(connection_notice::kind::ended, tuple);
}

void router::listening(endpoint const& local, bool present) {
    if (where_.index != 0) return;
    if (present && topology_.settings().quiesced.contains(local.port)) return;
    auto const what =
        present ? connection_notice::kind::listening : connection_notice::kind::stopped_listening;
    if (!local.host.is_unspecified()) return tell(what, {local, {}});
    for (auto const& dvipa : topology_.settings().dvipas) {
        endpoint const service{dvipa.host, local.port};
        if (dvipa.host.any() != local.host) continue;
        // A listener of the DVIPA's own goes on serving it.
        if (engine_.listens(service) == present) tell(what, {service, {}});
    }
}

void router::tell(connection_notice::kind what, four_tuple const& tuple) {
    auto const* const dvipa = topology_.dvipa(tuple.local.host);
    if (dvipa != nullptr && is_routed_elsewhere(*dvipa)) world_.notify(dvipa->owner, {what, tuple});
}

void router::announce_one(dvipa_settings const& dvipa) {
    ports_.each_listener([&](endpoint const& where) {
        if (where.host != dvipa.host && where.host != dvipa.host.any()) return;
        endpoint const service{dvipa.host, where.port};
        if (where_.index == 0 && engine_.listens(service) &&
            !topology_.settings().quiesced.contains(service.port))
            tell(connection_notice::kind::listening, {service, {}});
    });
    engine_.each([&](tcp::entry const& entry) {
        if (entry.state != tcp::state::listen && entry.tuple.local.host == dvipa.host)
            opened(entry.tuple, entry.passive);
    });
}

void router::announce_quiesced(quiesced_servers const& before) {
    auto const& now = topology_.settings().quiesced;
    if (where_.index != 0 || now == before) return;
    std::vector<endpoint> listeners;
    ports_.each_listener([&](endpoint const& where) { listeners.push_back(where); });
    for (auto const& dvipa : topology_.settings().dvipas)
        for (auto const& where : listeners) {
            if (where.host != dvipa.host && where.host != dvipa.host.any()) continue;
            bool const is_now = now.contains(where.port);
            if (is_now == before.contains(where.port)) continue;
            tell(is_now ? connection_notice::kind::stopped_listening
                        : connection_notice::kind::listening,
                 {{dvipa.host, where.port}, {}});
        }
}

void router::answer_held(instant now) {
    auto const is_settled = [&](address const& host) {
        auto const* const dvipa = topology_.dvipa(host);
        return dvipa != nullptr && topology_.owns(*dvipa) && !dvipa->settling;
    };
    // What waits for a notice from here on is put into the queue that this empties.
    std::vector<held_segment> ready;
    held_.release_settled(is_settled, [&](held_segment const& each) { ready.push_back(each); });
    for (auto const& each : ready) {
        if (auto const packet = reopened(each.packet))
            input(*packet, *topology_.dvipa(packet->destination), each.from, now);
    }
}

void router::expire(instant now) {
    rows_.expire(now,
                 [&](four_tuple const& tuple, connection_row const& row) { discount(tuple, row); });
    affinities_.advance(now);
    destinations_.advance(now);
    held_.expire(now, [&](held_segment const& segment) {
        counts_.add(ip::counter::held_expired);
        auto const* const dvipa = topology_.dvipa(segment.tuple.local.host);
        if (dvipa == nullptr || !topology_.owns(*dvipa)) return;  // the new owner speaks for it
        if (dvipa->settling) return;                              // its sender sends it again
        if (auto const packet = reopened(segment.packet))
            deliver_here(*packet, segment.tuple, segment.from, now);
    });
}

std::optional<instant> router::next_deadline() const {
    std::optional<instant> earliest;
    for (auto const each :
         {held_.next_deadline(), rows_.next_deadline(), destinations_.next_second()})
        if (each && (!earliest || *each < *earliest)) earliest = each;
    return earliest;
}

}  // namespace stack::dvipa
