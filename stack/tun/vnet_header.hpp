// The metadata in front of each packet of a TUN device with IFF_VNET_HDR: virtio_net_hdr
// (virtio 1.2, 5.1.6).
#pragma once

#include "stack/packet/offload.hpp"

#include <cstdint>
#include <type_traits>

namespace stack::tun {

/// Native byte order, as TUN devices have it unless told otherwise. Own definition:
/// <linux/virtio_net.h> is not valid C++.
struct vnet_header {
    static constexpr std::uint8_t needs_checksum =
        1;  ///< flags: complete the checksum at checksum_start + checksum_offset
    static constexpr std::uint8_t data_valid = 2;  ///< flags: the checksum has been verified
    static constexpr std::uint8_t gso_none = 0;
    static constexpr std::uint8_t gso_tcp4 = 1;
    static constexpr std::uint8_t gso_tcp6 = 4;
    static constexpr std::uint8_t gso_ecn = 0x80;  ///< flag within gso_type

    std::uint8_t flags = 0;
    std::uint8_t gso_type = gso_none;
    std::uint16_t header_length = 0;
    std::uint16_t gso_size = 0;
    std::uint16_t checksum_start = 0;
    std::uint16_t checksum_offset = 0;
};
static_assert(sizeof(vnet_header) == 10 && std::is_trivially_copyable_v<vnet_header>);

/// What the device is asked to do for a packet whose IP and transport headers have `headers` bytes.
vnet_header to_vnet_header(offload const& meta, std::uint16_t headers);

}  // namespace stack::tun
