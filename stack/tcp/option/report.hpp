// How a connection is doing, for its user: what TCP_INFO, SIOCINQ and SIOCOUTQ ask for.
#pragma once

#include "stack/core/time.hpp"
#include "stack/tcp/option/options.hpp"
#include "stack/tcp/state.hpp"

#include <cstdint>

namespace stack::tcp {

struct connection_report {
    tcp::state state = tcp::state::closed;
    congestion_algorithm congestion = congestion_algorithm::cubic;
    std::uint8_t snd_wscale = 0;
    std::uint8_t rcv_wscale = 0;
    std::uint8_t retransmits = 0;  ///< of what is now unanswered
    std::uint8_t probes = 0;       ///< keep-alives without an answer
    std::uint16_t mss = 0;         ///< most payload bytes of a segment sent
    duration rto{};
    duration smoothed_rtt{};    ///< zero: not measured
    duration since_sent{};      ///< since data last left
    std::uint32_t unread = 0;   ///< bytes received in order (SIOCINQ)
    std::uint32_t unsent = 0;   ///< bytes queued that never left (SIOCOUTQNSD)
    std::uint32_t unacked = 0;  ///< bytes in flight; with `unsent`: SIOCOUTQ
    std::uint32_t cwnd = 0;     ///< bytes
    std::uint32_t ssthresh = 0;
    std::uint32_t snd_wnd = 0;
    std::uint32_t rcv_wnd = 0;
    std::uint32_t send_buffer = 0;  ///< limits now in force, bytes
    std::uint32_t receive_buffer = 0;
};

}  // namespace stack::tcp
