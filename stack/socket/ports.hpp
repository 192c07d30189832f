// What uses the ports of this stack's addresses, and which of them were granted by the port source.
#pragma once

#include "stack/core/port_set.hpp"
#include "stack/ip/topology.hpp"
#include "stack/shard/shard.hpp"
#include "stack/socket/pool_ports.hpp"
#include "stack/socket/port_source.hpp"
#include "stack/wire/keyed_hash.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace stack::socket {

/// Ways to use a port.
enum class port_user : std::uint8_t {
    active,   ///< a connection opened from it, in any state up to the end of TIME-WAIT
    passive,  ///< a connection a listener took
    bound,    ///< a socket bound to it that neither listens nor is an accepted one
    listener,
};

/// Counts uses per address and port; the unspecified address of each family has the sockets bound
/// to any of it. Gives ports of shared addresses back when their last use ends.
class ports {
  public:
    ports(port_source& source, ip::topology const& topology, siphash_key const& key,
          placement const& where)
        : source_(source),
          topology_(topology),
          where_(where),
          records_(0, wire::keyed_hash{key}),
          pool_(source, topology) {}

    /// After each change of the topology.
    void configure();

    // An unspecified host stands for its own family here: see bound_name::by_family().
    void add(port_user user, endpoint const& local);
    /// The last one of a granted or served port gives it back.
    void remove(port_user user, endpoint const& local);

    /// A bind to `local` (host may be unspecified) must be refused: a socket, listener or opened
    /// connection has the port. Connections a listener has taken do not stand in the way of the
    /// next listener, nor on a port that is `shared` other sockets and listeners.
    bool is_taken(endpoint const& local, bool shared = false) const;
    /// No use at all of the port that a connection from `local` could meet.
    bool is_free(endpoint const& local) const;
    /// Listeners on exactly this endpoint or on any address of its family.
    std::uint32_t listeners(endpoint const& local) const;
    /// A PORT statement names it, or it is outside EPHEMERALPORTS, of the explicit bind pool, or 0:
    /// never picked.
    bool is_excluded(std::uint16_t port) const { return excluded_.contains(port); }
    /// What allocate() must not pick for the DVIPA. Valid until the next call.
    port_set const& excluded(dvipa_settings const& dvipa);
    /// stack::stride_of() this shard.
    std::uint64_t stride(address const& local, endpoint const& remote) const {
        return stride_of(local, remote, where_);
    }

    // ---- ports of shared addresses ----
    pool_ports& pool() { return pool_; }
    pool_ports const& pool() const { return pool_; }
    /// Granted and not yet released.
    bool is_held(endpoint const& local) const;
    bool is_served(endpoint const& local) const;
    void mark_held(endpoint const& local);
    /// The facility turns a source port of this stack that becomes a service port into that alone.
    void mark_served(endpoint const& local);
    /// Gives back what was granted and has no use.
    void settle(endpoint const& local);
    /// Of explicit_bind_pool, too; so is the next.
    std::vector<port_use> adopt(address const& dvipa);
    void disown(address const& dvipa);

    std::vector<port_use> in_use(address const& local) const;
    /// visit(endpoint) for each endpoint with a listener; host may be unspecified.
    template <class Visitor>
    void each_listener(Visitor&& visit) const {
        for (auto const& entry : records_)
            if (entry.second.listeners != 0) visit(entry.first);
    }

  private:
    struct record {
        std::uint32_t active = 0;
        std::uint32_t passive = 0;
        std::uint32_t bound = 0;
        std::uint32_t listeners = 0;
        bool held = false;
        bool served = false;

        std::uint32_t sources() const { return active + bound; }
        std::uint32_t services() const { return passive + listeners; }
        std::uint32_t named() const { return bound + listeners; }
    };
    struct exclusion {
        port_set ports;
        std::uint64_t version = 0;
    };

    static std::uint32_t& count_of(record& r, port_user user);
    static endpoint any(endpoint const& local) { return {local.host.any(), local.port}; }
    record const* find(endpoint const& local) const;
    void name(endpoint const& local, bool present);
    void settle_everywhere(std::uint16_t port);

    port_source& source_;
    ip::topology const& topology_;
    placement const& where_;
    boost::unordered_flat_map<endpoint, record, wire::keyed_hash> records_;
    // Ports with a bound socket or listener, by address: what allocate() must avoid beyond the
    // configuration.
    std::vector<std::pair<address, std::unique_ptr<port_set>>> named_;
    std::vector<std::pair<address, std::unique_ptr<exclusion>>> exclusions_;
    std::uint64_t version_ = 1;  // grows when configuration or named ports change
    port_set excluded_;
    pool_ports pool_;
};

}  // namespace stack::socket
