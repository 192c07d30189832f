// Packets on their way out: header, checksum, and which way.
#pragma once

#include "stack/ip/counters.hpp"
#include "stack/ip/loopback_queue.hpp"
#include "stack/ip/topology.hpp"
#include "stack/shard/environment.hpp"
#include "stack/tcp/boundary.hpp"
#include "stack/wire/ipv4.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace stack::ip {

/// Sends TCP segments and ICMP messages: to a device, to itself, or to the owner of a DVIPA.
class output final : public tcp::segment_sink {
  public:
    /// Says whether a connection with this 4-tuple (as its owner names it) lives in this shard.
    using connection_test = std::function<bool(four_tuple const&)>;

    output(environment& world, topology const& topology, counters& counts,
           connection_test lives_here);

    // segment_sink
    void send(tcp::outgoing_segment const& segment) override;
    std::uint16_t path_mtu(address const& source, address const& destination) const override;
    bool takes_super_segments() const override { return true; }

    /// An ICMP message: `head` is its first bytes, with a zero checksum field, `rest` the others.
    /// At most 128 bytes of head.
    void send_icmp(address const& source, address const& destination,
                   std::span<std::byte const> head, std::span<std::byte const> rest);

    /// What was sent to this stack itself, to be received.
    loopback_queue& to_self() { return to_self_; }
    loopback_queue const& to_self() const { return to_self_; }

  private:
    wire::ipv4_header header_for(address const& source, address const& destination,
                                 wire::protocol payload, std::size_t length);
    bool goes_to_self(address const& destination, four_tuple const* received) const;
    void dispatch(address const& destination, four_tuple const* received, fragments const& packet,
                  offload const& meta);

    environment& world_;
    topology const& topology_;
    counters& counts_;
    connection_test lives_here_;
    loopback_queue to_self_;
    std::uint16_t identification_ = 0;
    std::vector<std::byte> gathered_;
};

}  // namespace stack::ip
