// The pool of EXPLICITBINDPORTRANGE, as one shard uses it.
#pragma once

#include "stack/core/port_set.hpp"
#include "stack/ip/topology.hpp"
#include "stack/shard/shard.hpp"
#include "stack/socket/port_source.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace stack::socket {

/// A port of the pool is nobody else's on any address, so uses of a port are counted here over all
/// addresses: what was granted goes back with the last socket, and the last connection, TIME-WAIT
/// included, that has the port.
class pool_ports {
  public:
    pool_ports(port_source& source, ip::topology const& topology)
        : source_(source), topology_(topology) {}

    /// After each change of the topology. True when there is a pool for the first time: what uses
    /// ports has to be added then.
    bool configure();

    /// A socket bound to any address and port 0 gets a port of the pool.
    bool gives_out() const { return range().takes_part; }
    /// What allocate() must not pick: outside the range, reserved, distributed, or in use on any
    /// address. Valid until the next call. Only if gives_out().
    port_set const& excluded();

    // Uses of a port, on whatever address.
    void add(std::uint16_t port, std::uint32_t uses = 1);
    /// The last one of a granted port gives it back.
    void remove(std::uint16_t port);

    bool is_held(std::uint16_t port) const { return known_ && known_->held.contains(port); }
    void mark_held(std::uint16_t port);
    /// Gives back what was granted and has no use.
    void settle(std::uint16_t port);
    /// Ports of the range that are in use: held from here on.
    std::vector<port_use> adopt();
    /// Nothing is held any more.
    void disown();

  private:
    struct knowledge {
        std::array<std::uint32_t, 65536> uses{};
        port_set used;   ///< with uses
        port_set held;   ///< granted or adopted
        port_set never;  ///< not to be picked, whatever is in use
        port_set excluded;
    };

    explicit_bind_settings const& range() const { return topology_.settings().explicit_bind; }

    port_source& source_;
    ip::topology const& topology_;
    std::unique_ptr<knowledge> known_;  ///< since the sysplex has had a pool
};

}  // namespace stack::socket
