// Packets kept for a while, in buffers that are used again.
#pragma once

#include "stack/packet/fragments.hpp"
#include "stack/packet/offload.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace stack {

struct stored_packet {
    std::vector<std::byte> bytes;
    offload meta;

    fragments view() const {
        fragments out;
        out.push_back(bytes);
        return out;
    }
};

/// Last in, first out: buffers stay as few and as warm as can be.
class packet_store {
  public:
    stored_packet copy(fragments const& packet, offload const& meta) {
        stored_packet out;
        if (!spare_.empty()) {
            out.bytes = std::move(spare_.back());
            spare_.pop_back();
        }
        out.bytes.clear();
        for (auto piece : packet)
            out.bytes.insert(out.bytes.end(), piece.begin(), piece.end());
        out.meta = meta;
        return out;
    }
    void give_back(stored_packet&& packet) { spare_.push_back(std::move(packet.bytes)); }

  private:
    std::vector<std::vector<std::byte>> spare_;
};

}  // namespace stack
