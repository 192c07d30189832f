#include "stack/ip/loopback_queue.hpp"

#include <utility>

namespace stack::ip {

bool loopback_queue::push(fragments const& packet, offload const& meta) {
    std::size_t const size = packet.bytes();
    if (packets_.size() - first_ >= most_packets || bytes_ + size > most_bytes) return false;
    if (first_ >= most_packets) {
        packets_.erase(packets_.begin(), packets_.begin() + static_cast<std::ptrdiff_t>(first_));
        first_ = 0;
    }
    packets_.push_back(store_.copy(packet, meta));
    bytes_ += size;
    return true;
}

std::optional<stored_packet> loopback_queue::pop() {
    if (empty()) return std::nullopt;
    stored_packet out = std::move(packets_[first_]);
    ++first_;
    bytes_ -= out.bytes.size();
    if (empty()) {
        packets_.clear();
        first_ = 0;
    }
    return out;
}

}  // namespace stack::ip
