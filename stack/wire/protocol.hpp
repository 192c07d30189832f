// What an IP packet carries.
#pragma once

#include <cstdint>

namespace stack::wire {

/// Protocol numbers of IPv4 and Next Header values of IPv6: one registry (RFC 8200 8, IANA).
enum class protocol : std::uint8_t {
    hop_by_hop = 0,
    icmp = 1,
    tcp = 6,
    udp = 17,
    ipv6 = 41,
    routing = 43,
    fragment = 44,
    gre = 47,
    icmp6 = 58,
    none = 59,
    destination_options = 60
};

}  // namespace stack::wire
