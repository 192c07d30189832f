// Packets of the stack to itself, waiting for the end of what sent them.
#pragma once

#include "stack/packet/stored_packet.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace stack::ip {

/// First in, first out, bounded: what does not fit is lost as on any wire.
class loopback_queue {
  public:
    static constexpr std::size_t most_packets = 1024;
    static constexpr std::size_t most_bytes = std::size_t{8} << 20;

    /// Copies the packet; false if full.
    bool push(fragments const& packet, offload const& meta);
    /// The oldest packet; give it back when done.
    std::optional<stored_packet> pop();
    void give_back(stored_packet&& packet) { store_.give_back(std::move(packet)); }
    std::size_t size() const { return packets_.size() - first_; }
    bool empty() const { return first_ == packets_.size(); }

  private:
    packet_store store_;
    std::vector<stored_packet> packets_;
    std::size_t first_ = 0;  // of packets_: those before it have been popped
    std::size_t bytes_ = 0;
};

}  // namespace stack::ip
