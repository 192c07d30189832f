// UDPCONFIG.
#pragma once

#include <cstdint>

namespace stack {

struct udp_settings {
    std::uint16_t first_ephemeral = 1024;  ///< EPHEMERALPORTS
    std::uint16_t last_ephemeral = 65535;
    bool restrict_low_ports = false;  ///< RESTRICTLOWPORTS: below 1024 only with a PORT reservation
    bool checksum = true;             ///< UDPCHKSUM; of IPv4, IPv6 always has one (RFC 8200 8.1)
    /// Bytes of datagrams, headers included, that may wait for a socket's user: UDPRCVBUFRSIZE.
    std::uint32_t receive_buffer = 65535;
    /// The longest payload a socket may send: UDPSENDBFRSIZE.
    std::uint32_t send_buffer = 65535;
};

}  // namespace stack
