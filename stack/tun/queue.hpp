// The packets of one TUN device, in bursts: the only input and output of stack/.
#pragma once

#include "stack/packet/fragments.hpp"
#include "stack/packet/offload.hpp"
#include "stack/packet/segmentation.hpp"
#include "stack/tun/fence.hpp"
#include "stack/tun/offload_check.hpp"
#include "stack/tun/vnet_header.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stack::tun {

/// What a queue has counted since it was made.
struct queue_counts {
    std::uint64_t packets_in = 0;
    std::uint64_t packets_out = 0;
    std::uint64_t bad_offload = 0;   ///< read and dropped: metadata contradict the packet
    std::uint64_t device_full = 0;   ///< not written: EAGAIN
    std::uint64_t fenced = 0;        ///< not written: the fence was closed
    std::uint64_t write_errors = 0;  ///< not written: anything else
};

/// Reads and writes the descriptor of a device, which must outlive it and be non-blocking.
class queue {
  public:
    /// `offloads`: the device cuts super-segments and completes checksums; else that is done here.
    /// `fence` is asked before each write, and outlives the queue.
    queue(int descriptor, bool offloads, fence const& fence);

    /// Calls take(std::span<std::byte const> packet, offload const& meta) for at most
    /// `most_packets`, and no more once they have `enough_bytes`; their bytes are valid during that
    /// call. Returns how many reads found one.
    template <class Take>
    std::size_t read(std::size_t most_packets, std::size_t enough_bytes, Take&& take) {
        std::size_t count = 0;
        std::size_t bytes = 0;
        for (; count < most_packets && bytes < enough_bytes && fetch(); ++count) {
            bytes += packet_.size();
            if (auto const meta = check_offload(header_, packet_))
                take(packet_, *meta);
            else
                ++counts_.bad_offload;
        }
        return count;
    }
    /// Drops and counts what the device does not take now.
    void write(fragments const& packet, offload const& meta);

    queue_counts const& counts() const { return counts_; }

  private:
    bool fetch();
    void put(fragments const& packet, offload const& meta);

    int fd_;
    bool offloads_;
    fence const& fence_;
    std::vector<std::byte> buffer_;
    vnet_header header_;                 ///< of the packet last read
    std::span<std::byte const> packet_;  ///< in buffer_
    segmenter segmenter_;
    queue_counts counts_;
};

}  // namespace stack::tun
