// Packets that are not for this stack: from one device to another (DATAGRAMFWD).
#pragma once

#include "stack/core/time.hpp"
#include "stack/ip/counters.hpp"
#include "stack/ip/icmp.hpp"
#include "stack/ip/input.hpp"
#include "stack/ip/topology.hpp"
#include "stack/packet/segmentation.hpp"
#include "stack/shard/environment.hpp"

#include <cstddef>
#include <span>

namespace stack::ip {

/// RFC 1812 5.2 and 5.3: an IPv4 packet that is too big for the next device is cut unless Don't
/// Fragment is set. RFC 8200 5: an IPv6 packet is refused.
class forwarding {
  public:
    forwarding(environment& world, topology const& topology, icmp& errors, counters& counts)
        : world_(world), topology_(topology), errors_(errors), counts_(counts) {}

    /// `index` is the interface it came in by.
    void input(inbound const& packet, std::size_t index, instant now);

  private:
    void refuse(inbound const& packet, drop_reason reason, std::size_t index, problem const& what,
                instant now);
    void cut(std::span<std::byte const> header, inbound const& packet, route const& way);

    environment& world_;
    topology const& topology_;
    icmp& errors_;
    counters& counts_;
    segmenter segmenter_;
};

}  // namespace stack::ip
