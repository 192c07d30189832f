// Packets that are not for this stack: from one device to another (DATAGRAMFWD).
#pragma once

#include "stack/core/time.hpp"
#include "stack/ip/counters.hpp"
#include "stack/ip/icmp.hpp"
#include "stack/ip/input.hpp"
#include "stack/ip/topology.hpp"
#include "stack/shard/environment.hpp"

#include <cstddef>

namespace stack::ip {

/// RFC 1812 5.2 and 5.3, without fragmentation: a packet that is too big is refused as if DF were
/// set.
class forwarding {
  public:
    forwarding(environment& world, topology const& topology, icmp& errors, counters& counts)
        : world_(world), topology_(topology), errors_(errors), counts_(counts) {}

    /// `index` is the interface it came in by.
    void input(inbound const& packet, std::size_t index, instant now);

  private:
    environment& world_;
    topology const& topology_;
    icmp& errors_;
    counters& counts_;
};

}  // namespace stack::ip
