// Picks local TCP ports of addresses that are not shared.
#pragma once

#include "stack/ip/topology.hpp"
#include "stack/socket/port_walk.hpp"
#include "stack/socket/ports.hpp"

#include <cstdint>
#include <optional>

namespace stack::socket {

class ephemeral {
  public:
    ephemeral(ports const& ports, ip::topology const& topology, siphash_key const& key)
        : ports_(ports), topology_(topology), walk_(key) {}

    /// A port of EPHEMERALPORTS with no use on `local` (may be unspecified: none on any address),
    /// nor reserved, nor distributed; and that makes a connection to `remote`, unless that is not
    /// known yet, this shard's.
    std::optional<std::uint16_t> pick(address const& local, endpoint const& remote);

  private:
    bool fits(address const& local, std::uint16_t port) const;

    ports const& ports_;
    ip::topology const& topology_;
    port_walk walk_;
};

}  // namespace stack::socket
