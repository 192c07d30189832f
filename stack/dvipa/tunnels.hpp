// VIPAROUTE: the way from the owner of a DVIPA to the stacks that have its connections, over the
// network and not by XCF.
#pragma once

#include "stack/core/time.hpp"
#include "stack/ip/counters.hpp"
#include "stack/ip/icmp.hpp"
#include "stack/ip/identification.hpp"
#include "stack/ip/input.hpp"
#include "stack/ip/topology.hpp"
#include "stack/packet/segmentation.hpp"
#include "stack/shard/environment.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stack::dvipa {

/// Puts IPv4 packets behind GRE and IPv6 packets into IPv6. Super-segments are cut and summed
/// first: no device does that for what is inside.
class tunnels {
  public:
    /// RFC 1191 6.3: after that a larger packet is tried again.
    static constexpr duration memory = std::chrono::minutes(10);

    tunnels(environment& world, ip::topology const& topology, ip::icmp& errors,
            ip::counters& counts, siphash_key const& key)
        : world_(world),
          topology_(topology),
          errors_(errors),
          counts_(counts),
          identification_(key) {}

    /// Sends a packet for a DVIPA on to another stack: through the tunnel that leads to it, or else
    /// by XCF. Its sender hears if it is too big for a tunnel and must not be cut.
    void send(member_id to, ip::inbound const& packet, instant now);
    /// An ICMP error about a packet of a tunnel: a router on the way may take less.
    void failed(ip::quoted_segment const& quoted, instant now);

  private:
    struct narrow_path {
        address via;
        std::uint16_t mtu = 0;
        instant until;
    };
    /// Whether and how a packet fits into a tunnel.
    struct passage {
        ip::route way;
        address source;
        address via;
        std::uint16_t mtu = 0;
    };

    tunnel_settings const* find(member_id to, bool v4) const;
    std::uint16_t mtu_to(address const& via, std::uint16_t first_hop, instant now) const;
    void pass(passage const& through, ip::inbound const& packet);
    void wrap(passage const& through, fragments const& segment, bool dont_fragment);
    void refuse(passage const& through, ip::inbound const& packet, instant now);

    environment& world_;
    ip::topology const& topology_;
    ip::icmp& errors_;
    ip::counters& counts_;
    ip::identification identification_;
    segmenter segmenter_;
    std::vector<narrow_path> narrow_;
};

}  // namespace stack::dvipa
