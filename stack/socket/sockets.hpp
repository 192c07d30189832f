// The sockets of a shard: names, ports and connections put together, and what happened told in
// events.
#pragma once

#include "stack/core/slab.hpp"
#include "stack/core/time.hpp"
#include "stack/dvipa/router.hpp"
#include "stack/ip/counters.hpp"
#include "stack/ip/topology.hpp"
#include "stack/socket/ephemeral.hpp"
#include "stack/socket/event.hpp"
#include "stack/socket/ports.hpp"
#include "stack/socket/socket_state.hpp"
#include "stack/tcp/engine.hpp"
#include "stack/wire/bound_name.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stack::socket {

/// What sockets are made from; all of it outlives them.
struct surroundings {
    environment& world;
    port_source& shared_ports;
    ip::topology const& topology;
    ip::counters& counts;
    tcp::engine& engine;
    dvipa::router& router;
    ports& local_ports;
    placement const& where;
};

/// Calls are those of shard, see there. Observes the engine; what it must do to the engine in
/// answer waits for settle().
class sockets final : public tcp::engine_observer {
  public:
    sockets(surroundings const& around, siphash_key const& key);

    socket_id open(std::string_view job, std::uint64_t cookie);
    void bind(socket_id id, bound_name const& wanted, port_origin port);
    void connect(socket_id id, endpoint const& remote, instant now);
    std::size_t place_of(socket_id id, endpoint const& remote) const;
    void listen(socket_id id, std::uint16_t backlog);
    std::optional<socket_id> accept(socket_id listener, std::uint64_t cookie);
    void close(socket_id id, instant now);
    void abort(socket_id id, instant now);
    void abort_all(instant now);
    void set_options(socket_id id, tcp::connection_options const& options, instant now);
    tcp::connection_options options(socket_id id) const;
    std::optional<tcp::connection_report> report(socket_id id, instant now) const;
    void fence(address const& dvipa, instant now);
    void fence_pool();
    /// The connection behind a socket; invalid if it has none.
    tcp::connection_id connection(socket_id id) const;
    std::optional<four_tuple> tuple(socket_id id) const;

    void port_resolved(port_ticket ticket, port_reply const& reply, instant now);
    /// After the topology has changed: sockets whose address is gone fail, listeners on any address
    /// serve new shared DVIPAs.
    void configure(ip::topology const& before, instant now);
    /// Does what observing the engine has made due. After each call that may reach the engine.
    void settle(instant now);

    /// "" if the tag's socket is gone.
    std::string_view job_of_tag(std::uint32_t tag) const;
    /// The connection's socket is of IPv6 and knows IPv4 peers by mapped addresses (RFC 4291
    /// 2.5.5.2); before accept(), its listener.
    bool maps_v4(std::uint32_t tag) const;
    std::span<event const> events() const { return events_; }
    void clear_events() { events_.clear(); }

    // engine_observer
    void opened(four_tuple const& tuple, bool passive, std::uint32_t tag) override;
    void ended(four_tuple const& tuple, bool passive, std::uint32_t tag) override;
    bool may_open_unseen(four_tuple const& tuple) const override;
    void connected(tcp::connection_id id, std::uint32_t tag) override;
    void acceptable(tcp::listener_id listener, std::uint32_t tag) override;
    void readable(tcp::connection_id id, std::uint32_t tag) override;
    void writable(tcp::connection_id id, std::uint32_t tag) override;
    void failed(tcp::connection_id id, std::uint32_t tag, error_code error) override;
    void finished(tcp::connection_id id, std::uint32_t tag) override;

  private:
    // bind.cpp
    error_code name_for_bind(socket_state const& s, bound_name& name) const;
    void bind_shared(socket_id id, dvipa_settings const& dvipa, endpoint const& local);
    void bind_any_port(socket_id id, bound_name name);
    void bind_claimed(socket_id id, endpoint const& local, port_reply const& reply);
    void bind_served(socket_id id, endpoint const& local, port_reply const& reply);
    void bind_allocated(socket_id id, address const& host, port_reply const& reply);
    void finish_bind(socket_id id, error_code error);
    void add_use(port_user user, bound_name const& name);
    void remove_use(port_user user, bound_name const& name);

    // bind_pool.cpp
    void bind_from_pool(socket_id id, bound_name const& name);
    void bind_also_from_pool(socket_id id);
    void bind_granted_from_pool(socket_id id, port_reply const& reply);
    void warn_of_exhausted_pool();

    // connect.cpp
    result<address> choose_source(socket_state const& s, endpoint const& remote, instant now);
    void connect_from(socket_id id, address const& source, instant now);
    void connect_granted(port_request const& request, port_reply const& reply, instant now);
    bool start(socket_id id, endpoint const& local, instant now);
    void refuse_connect(socket_id id, error_code error);

    // listen.cpp
    void serve(socket_id id, endpoint const& service);
    void listen_served(socket_id id, endpoint const& service, port_reply const& reply);
    void finish_listen(socket_id id);
    void serve_new_dvipas(ip::topology const& before);
    void stop_listening(socket_state const& s, instant now);

    // sockets.cpp
    socket_state* find(socket_id id);
    socket_state const* find(socket_id id) const;
    socket_id id_of_tag(std::uint32_t tag) const;
    socket_id id_of(std::uint32_t tag, tcp::connection_id connection) const;
    void tell(event::kind what, socket_id id, error_code error = {});
    port_ticket ask(socket_id id, port_request::kind what, endpoint const& local);
    void forget(port_ticket ticket) { requests_.erase(ticket); }
    void release(socket_id id, instant now, bool reset);
    void answered(port_request const& request, port_reply const& reply, instant now);
    bool is_one_connection(port_request const& request) const;
    bool shared_by_connection(address const& host) const;
    void note_shared_by_connection();
    /// What a socket that is gone was granted.
    void give_back(port_request const& request, port_reply const& reply);

    surroundings around_;
    ephemeral ephemeral_;
    slab<socket_state> sockets_;
    std::vector<event> events_;
    std::vector<address> by_connection_;  ///< DVIPAs whose connections the port source is told of
    boost::unordered_flat_map<port_ticket, port_request> requests_;
    port_ticket last_ticket_ = 0;
    std::vector<tcp::connection_id> dead_;  // to be closed by settle()
    std::vector<socket_id> finished_;       // to be told and released by settle()
    std::optional<instant> warned_;         // of an inactive TCPSTACKSOURCEVIPA
};

}  // namespace stack::socket
