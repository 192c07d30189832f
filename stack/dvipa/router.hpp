// The way of TCP segments for DVIPAs: to a connection here, to the stack it lives on, or to a stack
// that can take it.
#pragma once

#include "stack/core/time.hpp"
#include "stack/dvipa/affinity_table.hpp"
#include "stack/dvipa/destination_table.hpp"
#include "stack/dvipa/hold_queue.hpp"
#include "stack/dvipa/routing_table.hpp"
#include "stack/dvipa/tunnels.hpp"
#include "stack/ip/counters.hpp"
#include "stack/ip/icmp.hpp"
#include "stack/ip/input.hpp"
#include "stack/ip/topology.hpp"
#include "stack/shard/environment.hpp"
#include "stack/shard/owner.hpp"
#include "stack/socket/ports.hpp"
#include "stack/tcp/engine.hpp"

#include <optional>

namespace stack::dvipa {

/// Whether a TCP packet asks for a new connection: SYN without ACK or RST.
bool opens(ip::inbound const& packet);
/// Hands a TCP packet to the engine, if its checksum is right.
void deliver(tcp::engine& engine, ip::counters& counts, ip::inbound const& packet, instant now);

/// Of several shards the first alone routes and distributes: its tables have the connections of the
/// others as well, which tell it of them as stacks tell an owner.
class router {
  public:
    router(environment& world, ip::topology const& topology, ip::counters& counts, tunnels& ways,
           tcp::engine& engine, socket::ports const& ports, siphash_key const& key,
           placement const& where)
        : world_(world),
          topology_(topology),
          counts_(counts),
          engine_(engine),
          ports_(ports),
          where_(where),
          tunnels_(ways),
          rows_(key),
          affinities_(key) {}

    /// A TCP packet for a DVIPA this stack owns and no connection of this shard, which is the
    /// first; `from` is invalid if it came by a device or from this stack.
    void input(ip::inbound const& packet, dvipa_settings const& dvipa, member_id from, instant now);
    /// OPTLOCAL: whether a connection that this stack opens to the service, local in `tuple`, stays
    /// here and is not the owner's to hand out.
    bool stays_here(four_tuple const& tuple) const;
    /// An ICMP error for a DVIPA, about a connection that is not here: follows the connection.
    void follow(ip::inbound const& packet, ip::quoted_segment const& quoted, instant now);

    // ---- what other stacks say, and the further shards of this one ----
    void notice(member_id from, connection_notice const& notice, instant now);
    void report(member_id from, target_report const& told) { destinations_.report(from, told); }
    void member_gone(member_id who);
    /// Rows and destinations of DVIPAs no longer owned go; the new owner asks for everything anew.
    void configure();

    // ---- what this shard tells the owners, and a further one the first ----
    void opened(four_tuple const& tuple, bool passive);
    void ended(four_tuple const& tuple);
    /// The first listener on `local` is there, or the last one gone; `local.host` may be
    /// unspecified. The first shard speaks for all, which have the same.
    void listening(endpoint const& local, bool present);
    /// Other servers than `before` are quiesced: the owners of their DVIPAs hear of it.
    void announce_quiesced(quiesced_servers const& before);
    /// Everything about the DVIPAs that pass `concerns(dvipa_settings)`, to whoever routes them: if
    /// that is this shard, its own tables get it.
    template <class Concerns>
    void announce(Concerns&& concerns) {
        for (auto const& dvipa : topology_.settings().dvipas)
            if (concerns(dvipa)) announce_one(dvipa);
    }

    /// Held segments of DVIPAs that are not settling any more go the way of those that arrive now.
    void answer_held(instant now);
    /// Answers held segments whose time is up as RFC 9293 3.10.7.1 says, and forgets connections
    /// never confirmed.
    void expire(instant now);
    std::optional<instant> next_deadline() const;

    routing_table const& rows() const { return rows_; }
    destination_table const& destinations() const { return destinations_; }

  private:
    bool distribute(ip::inbound const& packet, dvipa_settings const& dvipa, four_tuple const& tuple,
                    member_id from, instant now);
    void unmatched(ip::inbound const& packet, dvipa_settings const& dvipa, four_tuple const& tuple,
                   member_id from, instant now);
    void hold(ip::inbound const& packet, dvipa_settings const& dvipa, four_tuple const& tuple,
              member_id from, instant now);
    void send_on(member_id to, ip::inbound const& packet, four_tuple const& tuple, member_id from,
                 instant now);
    void deliver_here(ip::inbound const& packet, four_tuple const& tuple, member_id from,
                      instant now);
    void confirmed(member_id holder, held_segment const& segment, instant now);
    std::optional<member_id> choose_target(four_tuple const& tuple,
                                           distribution_settings const& rule, member_id client,
                                           instant now);
    void confirm(four_tuple const& tuple, member_id holder, bool inbound);
    void count(four_tuple const& tuple, member_id holder);
    void discount(four_tuple const& tuple, connection_row const& row);
    bool routes(dvipa_settings const& dvipa) const {
        return topology_.owns(dvipa) && where_.index == 0;
    }
    bool is_routed_elsewhere(dvipa_settings const& dvipa) const {
        return topology_.owned_by_another(dvipa) || (topology_.owns(dvipa) && where_.index != 0);
    }
    void tell(connection_notice::kind what, four_tuple const& tuple);
    void announce_one(dvipa_settings const& dvipa);

    environment& world_;
    ip::topology const& topology_;
    ip::counters& counts_;
    tcp::engine& engine_;
    socket::ports const& ports_;
    placement const& where_;
    tunnels& tunnels_;
    routing_table rows_;
    destination_table destinations_;
    affinity_table affinities_;
    hold_queue held_;
};

}  // namespace stack::dvipa
