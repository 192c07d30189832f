// All that displays show of a connection.
#pragma once

#include "stack/tcp/option/report.hpp"

#include <cstdint>

namespace stack::tcp {

/// Sequence numbers have the names of RFC 9293 3.3.1.
struct connection_detail {
    connection_report report;
    std::uint32_t iss = 0;
    std::uint32_t snd_una = 0;
    std::uint32_t snd_nxt = 0;
    std::uint32_t snd_wl1 = 0;
    std::uint32_t snd_wl2 = 0;
    std::uint32_t max_snd_wnd = 0;  ///< MAX(SND.WND)
    std::uint32_t irs = 0;
    std::uint32_t rcv_nxt = 0;
    std::uint32_t rtt_seq = 0;    ///< the next round trip is measured from here on
    std::uint32_t bytes_in = 0;   ///< received in order, modulo 2^32
    std::uint32_t bytes_out = 0;  ///< sent at least once, modulo 2^32
    bool sack = false;
    bool timestamps = false;
    bool ecn = false;
    bool nagle = false;  ///< small segments wait for acknowledgements
    bool cork = false;   ///< and for more data
    bool delays_acks = false;
    bool keepalive = false;
};

}  // namespace stack::tcp
