// What a shard is made of, and the way of a packet through it.
#pragma once

#include "stack/dvipa/datagram_router.hpp"
#include "stack/dvipa/router.hpp"
#include "stack/dvipa/tunnels.hpp"
#include "stack/ip/counters.hpp"
#include "stack/ip/forwarding.hpp"
#include "stack/ip/icmp.hpp"
#include "stack/ip/input.hpp"
#include "stack/ip/output.hpp"
#include "stack/ip/reassembly.hpp"
#include "stack/ip/topology.hpp"
#include "stack/shard/shard.hpp"
#include "stack/socket/ports.hpp"
#include "stack/socket/sockets.hpp"
#include "stack/tcp/engine.hpp"
#include "stack/udp/sockets.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace stack {

struct shard::impl {
    impl(environment& world, port_source& shared_ports, entropy& random, placement const& where);

    void configure(std::shared_ptr<settings const> next, instant now);

    // ---- the way in ----
    void receive(std::size_t index, std::span<std::byte const> packet, offload const& meta,
                 instant now);
    void receive_forwarded(member_id from, std::span<std::byte const> packet, offload const& meta,
                           instant now);
    void receive_handed(member_id from, std::span<std::byte const> packet, offload const& meta,
                        instant now);
    void receive_own(std::span<std::byte const> packet, offload const& meta, instant now);
    struct way_in {
        member_id from = {};  ///< valid if another stack has sent the packet here
        bool handed = false;  ///< by another shard, which has looked whose it is
    };
    /// A packet for this stack. Fragments wait for the rest of their datagram.
    void deliver(ip::inbound packet, way_in way, instant now);
    void reassemble(ip::inbound const& part, member_id from, instant now);
    void refuse(ip::inbound const& packet, ip::refusal const& why, instant now);
    /// Whose datagram it is: opened, and no fragment.
    void deliver_whole(ip::inbound const& packet, way_in way, instant now);
    std::optional<member_id> tunnel_of(ip::inbound const& packet) const;
    void deliver_tunnelled(ip::inbound const& packet, member_id from, instant now);
    void deliver_tcp(ip::inbound const& packet, way_in way, instant now);
    void deliver_to_dvipa(ip::inbound const& packet, four_tuple const& tuple,
                          dvipa_settings const& dvipa, way_in way, instant now);
    void deliver_icmp(ip::inbound const& packet, way_in way, instant now);
    bool is_for_another(ip::inbound const& packet, way_in way);
    void deliver_udp(ip::inbound const& packet, member_id from, instant now);
    bool udp_sent_on(ip::inbound const& packet, member_id from, instant now);
    /// Whether the flow is another shard's, which has the packet then.
    bool handed_over(four_tuple const& flow, ip::inbound const& packet, member_id from);
    void hand_over(std::size_t shard, ip::inbound const& packet, member_id from);
    void tell_engine(ip::quoted_segment const& quoted, instant now);
    void tell_udp(ip::inbound const& packet, ip::quoted_segment const& quoted, instant now);
    /// What is bound and connected here, to the owners of the DVIPAs that pass
    /// `concerns(dvipa_settings)`.
    template <class Concerns>
    void announce(Concerns const& concerns) {
        router.announce(concerns);
        datagram_router.announce(concerns);
    }

    // ---- the end of a burst ----
    void give_up_fragments(instant now);
    void advance(instant now);
    std::optional<instant> next_deadline() const;

    environment& world;
    placement where;
    siphash_key key;
    ip::topology topology;
    ip::counters counts;
    ip::output out;
    ip::icmp icmp;
    ip::forwarding forwarding;
    ip::reassembly reassembly;
    socket::ports ports;
    tcp::engine engine;
    dvipa::tunnels tunnels;
    dvipa::router router;
    socket::sockets sockets;
    dvipa::datagram_router datagram_router;
    udp::sockets datagrams;
    std::vector<std::byte> unwrapped;  ///< room for a packet from a tunnel
    /// Set while packets to this stack itself are left over from the last advance().
    std::optional<instant> unfinished;
};

}  // namespace stack
