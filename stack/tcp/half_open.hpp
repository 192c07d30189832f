// A connection that a SYN asked for, until the handshake is complete: SYN-RECEIVED of a passive
// open.
#pragma once

#include "stack/core/index_list.hpp"
#include "stack/core/time.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/seq.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstdint>

namespace stack::tcp {

/// A listener holds at most its backlog of them, all together tcp_settings::half_opens; beyond that
/// there are SYN cookies. It owns no memory but itself.
struct half_open {
    four_tuple tuple;
    seq iss;
    seq irs;
    std::uint16_t peer_mss = 0;
    std::uint16_t window = 0;     ///< we offered, unscaled as in every SYN
    std::uint8_t snd_wscale = 0;  ///< both meaningful if `scaling`
    std::uint8_t rcv_wscale = 0;
    bool scaling = false;     ///< the peer's SYN had the window scale option
    bool sack = false;        ///< SACK permitted
    bool timestamps = false;  ///< timestamps
    bool ecn = false;         ///< ECN-setup (RFC 3168 6.1.1)
    std::uint8_t attempts = 0;
    std::uint8_t challenges = limits::half_open_challenges;
    std::uint32_t listener = 0;
    std::uint32_t tag = 0;
    std::uint32_t number = 0;
    std::uint32_t ts_recent = 0;
    instant started;    ///< the SYN,ACK was first sent
    index_links queue;  ///< of the listener, oldest first

    seq rcv_nxt() const { return irs + 1; }
    seq snd_nxt() const { return iss + 1; }
};

static_assert(sizeof(half_open) <= 128);

}  // namespace stack::tcp
