// A TCP/IP stack, or one shard of several that are a stack together, on one thread: packets, time
// and requests go in; packets, events and deadlines come out.
#pragma once

#include "stack/core/entropy.hpp"
#include "stack/core/time.hpp"
#include "stack/ip/counters.hpp"
#include "stack/packet/chunk_pool.hpp"
#include "stack/packet/fragments.hpp"
#include "stack/packet/offload.hpp"
#include "stack/shard/environment.hpp"
#include "stack/shard/owner.hpp"
#include "stack/shard/settings.hpp"
#include "stack/shard/target_report.hpp"
#include "stack/socket/event.hpp"
#include "stack/socket/port_source.hpp"
#include "stack/tcp/boundary.hpp"
#include "stack/tcp/open/secrets.hpp"
#include "stack/tcp/option/detail.hpp"
#include "stack/tcp/option/options.hpp"
#include "stack/tcp/option/report.hpp"
#include "stack/tcp/state.hpp"
#include "stack/udp/sockets.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stack {

/// A connection, listener or half-open or TIME-WAIT entry, for displays. `job` is "" if nobody owns
/// it any more.
struct connection_info {
    std::uint32_t number = 0;  ///< never reused while alive; shown as 8 hexadecimal digits
    std::string_view job;
    four_tuple tuple;
    tcp::state state = tcp::state::closed;
    bool passive = false;
    bool maps_v4 = false;  ///< its socket is of IPv6: an IPv4 address is shown as ::ffff:a.b.c.d
    tcp::connection_id connection = {};  ///< for detail(); valid of connections alone
};

/// A row of the connection routing table (VCRT).
struct routing_row {
    four_tuple tuple;  ///< local = the DVIPA side
    member_id holder;  ///< the stack the connection lives on
    bool inbound = false;
};

/// A row of the destination port table (VDPT): connections to dvipa..port that `target` may get.
struct destination_row {
    endpoint service;
    member_id target;
    std::uint32_t listeners = 0;
    std::uint64_t total_connections = 0;
    std::uint32_t active_connections = 0;
    distribution_method method = distribution_method::base_wlm;
    unsigned weight = 1;                ///< WLM: of 64, or the configured one of weighted_active
    std::uint8_t responsiveness = 100;  ///< TSR: the three that follow, multiplied; per cent
    std::uint8_t arrived = 100;         ///< TCSR: of the connections handed to it
    std::uint8_t established = 100;     ///< CER
    std::uint8_t accepted = 100;        ///< SEF
    std::uint8_t room = 100;            ///< Health: of the server's backlog, that is free
    bool stands_by = false;             ///< hot_standby: does not get the connections now
    bool dynamic = false;
};

/// A 4-tuple's fate in this shard, for `tcpplex explain` and tests: what holds a port of an
/// address.
struct port_use {
    std::uint16_t port = 0;
    bool service = false;  ///< a listener has it, or connections a listener accepted
};

/// Everything here runs on the shard's thread. Calls made by an application or a packet queue
/// events; drain_events() hands them out. Nothing calls back into the user except the environment
/// and port_source given at construction.
///
/// The shards of a stack have one configuration, and each has the connections that owner_of() says.
/// What arrives may be given to any of them: they hand over what is another's. A name is bound, and
/// listened on, in each shard; a listener takes the connections of its own shard. What is for a
/// dynamic VIPA that this stack owns the first shard routes; it alone forwards to other stacks.
class shard {
  public:
    /// `where`: which one of the shards of its stack it is.
    shard(environment& world, port_source& shared_ports, entropy& random,
          placement const& where = {});
    ~shard();
    shard(shard const&) = delete;
    shard& operator=(shard const&) = delete;

    /// TCP's numbers come from these, which other stacks have too. Before the first connection.
    void use(tcp::secrets const& agreed);
    /// Replaces the whole configuration. Connections and sockets stay, but those whose local
    /// address is gone are aborted.
    void configure(std::shared_ptr<settings const> next, instant now);

    // ---- packets ----
    /// An IP packet from the device behind interface `index`; `meta` already checked by stack/tun.
    void receive(std::size_t index, std::span<std::byte const> packet, offload const& meta,
                 instant now);
    /// An IP packet another stack forwarded (or a target's own packet for its owner).
    void receive_forwarded(member_id from, std::span<std::byte const> packet, offload const& meta,
                           instant now);
    /// Queues the events of what the burst has brought so far: what users do upon them leaves in
    /// advance() together with the acknowledgement. May be left out; advance() queues the rest.
    void announce();
    /// A packet that another shard of this stack has handed over, as environment::hand_over() was
    /// told; `from` is valid if another stack had forwarded it.
    void receive_handed(member_id from, std::span<std::byte const> packet, offload const& meta,
                        instant now);
    /// Ends a burst: acknowledgements owed, output, timers due. Call after each group of calls
    /// above or below, and at next_deadline().
    void advance(instant now);
    /// When advance() must be called if nothing else happens.
    std::optional<instant> next_deadline() const;

    // ---- the sysplex ----
    /// Of several shards to the first: what another stack says, or a further shard of this one
    /// (`from` is this stack then).
    void notice(member_id from, connection_notice const& notice, instant now);
    /// What another stack, or this one, tells of its ability to take connections.
    void report(member_id from, target_report const& told);
    /// Per cent of what it may have at most: buffers of connections, or rows of the connection
    /// routing table, whichever is nearer to its limit.
    unsigned fullness() const;
    /// What the listeners of this shard have counted that other stacks may hand connections to.
    served_services served() const;
    /// A member is gone for good: its rows, destinations and held segments go.
    void member_gone(member_id who, instant now);
    /// Sends to `owner` a notice for each connection and listener that concerns a DVIPA it owns (a
    /// new owner rebuilds its table).
    void announce_all(member_id owner);
    /// The same for one DVIPA, to whoever owns it.
    void announce_dvipa(address const& dvipa);
    void port_resolved(port_ticket ticket, port_reply const& reply, instant now);
    /// Switching on (claim 22): every port of `dvipa` that connections and sockets of this shard
    /// use now, marked as held through the facility from here on: release()/unserve() follow when
    /// their last use ends. settings::dvipas[].shared must be set already.
    std::vector<port_use> adopt(address const& dvipa);
    /// Switching failed or draining ended: the ports are local again, no release() follows.
    void disown(address const& dvipa);

    /// This stack may not use `dvipa` any more: its connections and bound sockets end with
    /// network_down, no packet leaves for them, and their ports are forgotten without release().
    /// Listeners stay, to be served again after the next adopt(). Of explicit_bind_pool the sockets
    /// end that are bound and not connected; connections go on.
    void fence(address const& dvipa, instant now);

    // ---- sockets (TCP) ----
    /// A socket for `job` (1..8 characters); `cookie` comes back in its events.
    result<socket_id> open(std::string_view job, std::uint64_t cookie);
    /// event bound. `local.host` may be unspecified: :: is any address of both families, or with
    /// `v6_only` of IPv6 alone; `local.port` may be 0. A `port` that another shard has chosen for
    /// the same socket is the stack's. Errors: address_not_available, address_in_use,
    /// permission_denied.
    void bind(socket_id id, endpoint const& local, instant now, bool v6_only = false,
              port_origin port = port_origin::user);
    /// event connected. Chooses the source address by the design's order if not bound to one. A
    /// socket that is bound must be of the shard that place_of() names: address_not_available.
    void connect(socket_id id, endpoint const& remote, instant now);
    /// The shard to which a connection of this socket to `remote` would belong. Unless it is bound,
    /// this one: the port is chosen so.
    std::size_t place_of(socket_id id, endpoint const& remote) const;
    /// event listening. The socket must be bound.
    void listen(socket_id id, std::uint16_t backlog, instant now);
    /// The oldest connection waiting in the backlog, as a socket of the same job; nothing if none
    /// waits.
    std::optional<socket_id> accept(socket_id listener, std::uint64_t cookie);
    /// Received bytes in order, where they lie; valid until the next call for this socket. Empty:
    /// nothing now, or the end (see at_end).
    fragments readable(socket_id id) const;
    /// Takes `count` bytes off the front; opens the window.
    void consume(socket_id id, std::size_t count, instant now);
    /// The peer has sent FIN and everything has been read.
    bool at_end(socket_id id) const;
    /// Room at the end of the send queue: up to one chunk; empty if the send buffer is full (event
    /// writable follows).
    std::span<std::byte> writable(socket_id id);
    /// `count` bytes of the last writable() now are data to send.
    void produced(socket_id id, std::size_t count, instant now);
    /// Sends bytes that stay where and as they are as long as the shard does, without copying them.
    /// False: they go by writable() instead; the send queue is full, or ends within a chunk.
    bool lend(socket_id id, std::span<std::byte const, chunk_pool::chunk_size> lasting,
              instant now);
    /// FIN after everything queued.
    void shutdown_send(socket_id id, instant now);
    /// Gives the socket up. Unread data resets (RFC 2525 2.17), otherwise an orderly close goes on
    /// without it. No event follows.
    void close(socket_id id, instant now);
    /// Gives the socket up and resets its connection. No event follows.
    void abort(socket_id id, instant now);
    /// Resets all connections, before the stack ends: their peers learn it at once. No event
    /// follows.
    void abort_all(instant now);
    std::optional<four_tuple> tuple(socket_id id) const;
    /// In any state: before connect() for all of it, SYN included; of a listener for what it takes
    /// from here on. Read, change and set again to change one. Of a stale id: nothing, the default.
    void set_options(socket_id id, tcp::connection_options const& options, instant now);
    tcp::connection_options options(socket_id id) const;
    /// Nothing unless there is a connection.
    std::optional<tcp::connection_report> report(socket_id id, instant now) const;

    std::span<event const> events() const;
    void clear_events();

    // ---- sockets (UDP) ----
    udp::sockets& udp();
    udp::sockets const& udp() const;

    // ---- displays ----
    void each_connection(std::function<void(connection_info const&)> const& visit) const;
    /// Nothing if it is gone.
    std::optional<tcp::connection_detail> detail(connection_info const& of, instant now) const;
    /// Each shard shows its own connections, the first one all the rest.
    void each_route(std::function<void(routing_row const&)> const& visit) const;
    /// Of the first shard.
    void each_destination(std::function<void(destination_row const&)> const& visit) const;
    /// Ports of a local address in use, by connections and sockets.
    std::vector<port_use> ports_in_use(address const& local) const;
    /// What has happened since the shard began ("tcp.segments_in", "drop.no_route", ...).
    void each_counter(std::function<void(ip::counted const&)> const& visit) const;

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace stack
