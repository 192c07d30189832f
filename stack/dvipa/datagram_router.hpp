// The way of UDP datagrams for DVIPAs: to the stack that has the socket, or to one of several.
#pragma once

#include "stack/dvipa/receiver_table.hpp"
#include "stack/ip/counters.hpp"
#include "stack/ip/topology.hpp"
#include "stack/shard/environment.hpp"
#include "stack/udp/sockets.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <optional>

namespace stack::dvipa {

/// UDP has no connections to remember: which of several stacks gets a datagram follows from its
/// addresses and ports, the same for all of a flow, and stays as it is for the flows of all others
/// when one comes or goes (rendezvous hashing). With TIMEDAFFINITY the client's address alone
/// counts. Methods and weights are of connections.
class datagram_router final : public udp::name_observer {
  public:
    datagram_router(environment& world, ip::topology const& topology, ip::counters& counts,
                    udp::sockets const& own, siphash_key const& key)
        : world_(world),
          topology_(topology),
          counts_(counts),
          own_(own),
          hash_{key},
          receivers_(key) {}

    /// Who takes a datagram for a DVIPA that this stack owns, or sent one from it: this stack as
    /// well. Nothing: nobody does.
    std::optional<member_id> receiver(dvipa_settings const& dvipa, four_tuple const& tuple) const;

    void notice(member_id from, connection_notice const& notice);
    void member_gone(member_id who) { receivers_.remove(who); }
    /// What is known of DVIPAs no longer owned goes.
    void configure();

    /// All sockets' names, to the owners of the DVIPAs that pass `concerns(dvipa_settings)`.
    template <class Concerns>
    void announce(Concerns&& concerns) {
        for (auto const& dvipa : topology_.settings().dvipas) {
            if (!concerns(dvipa)) continue;
            own_.each_name([&](bound_name const& local, endpoint const& remote) {
                if (!is_quiesced(local))
                    tell(connection_notice::kind::receiving, dvipa, local, remote);
            });
        }
    }
    /// Other servers than `before` are quiesced.
    void announce_quiesced(quiesced_servers const& before);

    // udp::name_observer
    void named(bound_name const& local, endpoint const& remote) override;
    void unnamed(bound_name const& local, endpoint const& remote) override;

  private:
    bool is_quiesced(bound_name const& local) const {
        return topology_.settings().quiesced.contains(local.local.port);
    }
    void tell(connection_notice::kind what, dvipa_settings const& dvipa, bound_name const& local,
              endpoint const& remote);

    environment& world_;
    ip::topology const& topology_;
    ip::counters& counts_;
    udp::sockets const& own_;
    wire::keyed_hash hash_;
    receiver_table receivers_;
};

}  // namespace stack::dvipa
