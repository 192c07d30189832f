// Packets on their way out: header, checksum, and which way.
#pragma once

#include "stack/ip/counters.hpp"
#include "stack/ip/identification.hpp"
#include "stack/ip/loopback_queue.hpp"
#include "stack/ip/topology.hpp"
#include "stack/shard/environment.hpp"
#include "stack/tcp/boundary.hpp"
#include "stack/udp/boundary.hpp"
#include "stack/wire/keyed_hash.hpp"
#include "stack/wire/protocol.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace stack::ip {

/// Sends TCP segments, UDP datagrams and ICMP messages: to a device, to itself, or to the owner of
/// a DVIPA.
class output final : public tcp::segment_sink, public udp::datagram_sink {
  public:
    /// Says whether a connection with this 4-tuple (as its owner names it) lives in this stack, as
    /// far as this shard can tell: what is sent to it comes in again then, and that decides.
    using connection_test = std::function<bool(four_tuple const&)>;

    /// `key` makes flow labels and identifications unpredictable.
    output(environment& world, topology const& topology, counters& counts,
           connection_test lives_here, siphash_key const& key);

    // segment_sink
    void send(tcp::outgoing_segment const& segment) override;
    std::uint16_t path_mtu(address const& source, address const& destination) const override;
    std::uint16_t tunnel_overhead(address const& local) const override;
    bool takes_super_segments() const override { return true; }

    // datagram_sink: cut into fragments if the path takes no more.
    void send(udp::outgoing_datagram const& datagram) override;

    /// A message of the ICMP of the addresses' family: `head` is its first bytes, with a zero
    /// checksum field, `rest` the others; at most 128 bytes of head, and 65,535 bytes of packet.
    /// Cut into fragments if the path takes no more.
    void send_icmp(address const& source, address const& destination,
                   std::span<std::byte const> head, std::span<std::byte const> rest);

    /// What was sent to this stack itself, to be received.
    loopback_queue& to_self() { return to_self_; }
    loopback_queue const& to_self() const { return to_self_; }

  private:
    /// What the headers of both versions say.
    struct packet_header {
        address source;
        address destination;
        wire::protocol protocol = wire::protocol::tcp;
        std::size_t payload_length = 0;
        std::uint8_t ecn = 0;
        bool dont_fragment = true;         ///< of IPv4; no router cuts IPv6 packets
        std::uint16_t identification = 0;  ///< of IPv4
        std::uint32_t flow_label = 0;      ///< of IPv6
    };
    /// Writes the header of the addresses' version; returns its length, 20 or 40.
    std::size_t write(packet_header const& header, std::span<std::byte> to) const;
    /// `header` and `payload` in fragments of at most `mtu` bytes.
    void cut(packet_header const& header, std::uint32_t identification, fragments const& payload,
             std::uint16_t mtu);
    /// `head`, if there is any, and `rest`, gathered in one place if they lie in too many.
    fragments join(std::span<std::byte const> head, fragments const& rest);
    std::uint32_t flow_label(four_tuple const& flow) const;
    bool goes_to_self(topology::standing const& destination, four_tuple const* received) const;
    void dispatch(address const& source, address const& destination, four_tuple const* received,
                  fragments const& packet, offload const& meta);

    environment& world_;
    topology const& topology_;
    counters& counts_;
    connection_test lives_here_;
    loopback_queue to_self_;
    wire::keyed_hash hash_;
    ip::identification identification_;
    std::uint16_t atomic_identification_ = 0;
    std::vector<std::byte> gathered_;
};

}  // namespace stack::ip
