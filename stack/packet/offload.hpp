// What a device knows about a packet, or is asked to do for it.
#pragma once

#include <cstdint>

namespace stack {

/// The checked counterpart of a virtio_net_hdr. On receipt it says what the device vouches for, on
/// sending what the device must still do. It travels with a packet through forwarding and XCF,
/// where it is checked again like any input.
struct offload {
    enum class segmentation : std::uint8_t { none, tcp4, tcp6 };

    /// Not `none`: the packet is a super-segment of ceil(payload / gso_size) segments.
    segmentation kind = segmentation::none;
    /// Payload bytes of each segment but the last; 0 if kind is none.
    std::uint16_t gso_size = 0;
    /// Receiving: the transport checksum is known to be good. Sending: the checksum field holds the
    /// folded pseudo-header sum (with the full length) and the device completes it.
    bool checksum_partial = false;
    /// Offset of the transport header from the start of the IP header, and of the checksum field in
    /// it; valid with checksum_partial.
    std::uint16_t checksum_start = 0;
    std::uint16_t checksum_offset = 0;

    friend constexpr bool operator==(offload const&, offload const&) = default;
};

}  // namespace stack
