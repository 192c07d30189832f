// Picks local ports of addresses that are not shared (RFC 6056).
#pragma once

#include "stack/core/siphash.hpp"
#include "stack/ip/topology.hpp"
#include "stack/socket/ports.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace stack::socket {

/// RFC 6056 3.3.4, double-hash selection: connections to different places walk the range from
/// different starts, so that no observer of one predicts the others, while a port comes round again
/// as late as possible.
class ephemeral {
  public:
    ephemeral(ports const& ports, ip::topology const& topology, siphash_key const& key)
        : ports_(ports), topology_(topology), key_(key) {}

    /// A port of EPHEMERALPORTS with no use on `local` (may be unspecified: none on any address),
    /// nor reserved, nor distributed.
    std::optional<std::uint16_t> pick(address const& local, endpoint const& remote);

  private:
    bool fits(address const& local, std::uint16_t port) const;

    ports const& ports_;
    ip::topology const& topology_;
    siphash_key key_;
    std::array<std::uint32_t, 256> turns_{};
};

}  // namespace stack::socket
