// The numbers TCP is run by that no setting changes, each with its source.
#pragma once

#include "stack/core/time.hpp"

#include <cstddef>
#include <cstdint>

namespace stack::tcp::limits {

using namespace std::chrono_literals;

/// RFC 6298 2.1, of a SYN,ACK.
inline constexpr duration syn_ack_rto = 1s;
/// RFC 6298 5.7: after a SYN was lost.
inline constexpr duration rto_after_lost_syn = 3s;
/// Deviates: RFC 6298 2.4 says 1 s; Linux has 200 ms, five of our delayed acknowledgements.
inline constexpr duration min_rto = 200ms;

/// RFC 9293 3.8.6.3 (MUST-40: below 0.5 s); as Linux.
inline constexpr duration delayed_ack = 40ms;
/// While a connection is this young (segments received), each burst is acknowledged: the peer is in
/// slow start.
inline constexpr std::uint8_t quick_acks = 16;

/// RFC 9293 3.7.1 (MUST-15): what a peer takes that sends no MSS option.
inline constexpr std::uint16_t default_mss_v4 = 536;
inline constexpr std::uint16_t default_mss_v6 = 1220;
/// A peer or router cannot make us send smaller segments than these, one header each.
inline constexpr std::uint16_t min_mss = 64;
/// A router's report cannot bring the path MTU below these. IPv4: as Linux; a report without a
/// size, as old routers send it (RFC 1191 5), means this too. IPv6: RFC 8200 5.
inline constexpr std::uint16_t min_path_mtu_v4 = 552;
inline constexpr std::uint16_t min_path_mtu_v6 = 1280;
/// RFC 4821 7.2: a size of packets that nearly all paths take; of IPv6 the least one.
inline constexpr std::uint16_t base_path_mtu_v4 = 1024;
/// RFC 1122 4.2.3.5: R1, retransmissions after which something is wrong with the path.
inline constexpr std::uint8_t r1 = 3;
/// A search that could not gain more bytes than this is over; as Linux.
inline constexpr std::uint16_t path_probe_gain = 8;
/// RFC 1191 6.3, RFC 8201 4: when a path is looked at again that took no more.
inline constexpr duration path_retry = 10min;
/// Paths to remember.
inline constexpr std::size_t max_paths = 4096;
/// RFC 7323 2.3.
inline constexpr std::uint8_t max_window_scale = 14;

/// One answer to suspicious segments per connection in this time. Per connection, since a common
/// limit would tell an attacker about other connections (CVE-2016-5696). RFC 5961 7.
inline constexpr duration challenge_interval = 200ms;
/// Challenge ACKs in the life of a half-open connection.
inline constexpr std::uint8_t half_open_challenges = 5;
/// SYN,ACKs sent again before a half-open connection is given up, after 63 s.
inline constexpr std::uint8_t syn_ack_retries = 5;

/// RFC 6528 3: the ISN clock.
inline constexpr duration isn_tick = 4us;
/// A SYN that follows TIME-WAIT gets an ISN at least this far past the old connection, as Linux
/// does.
inline constexpr std::uint32_t isn_reuse_gap = 65537;

/// TCP_CORK: how long less than a full segment is held back; as Linux.
inline constexpr duration cork = 200ms;
/// A buffer a user may ask for; near the least that Linux grants.
inline constexpr std::uint32_t min_buffer = 2048;
/// Tuning of the receive buffer looks once a round trip, but not more often than the first; the
/// second stands for a round trip that was not measured.
inline constexpr duration least_tuning_interval = 1ms;
inline constexpr duration tuning_without_rtt = 100ms;
/// Segments of room beyond what tuning measures.
inline constexpr std::uint32_t tuning_slack = 16;
/// Bytes that may wait in a send buffer for their first transmission: four super-segments.
inline constexpr std::uint32_t most_unsent = 256 * 1024;

/// SYN cookies: one is taken for two of these at most, since each carries the number of its own.
inline constexpr duration cookie_tick = 60s;

/// Timers run by one advance(); the rest is due at once.
inline constexpr std::size_t expirations_per_advance = 1024;
/// Records of what one connection has in flight: beyond, neighbours share one.
inline constexpr std::uint32_t max_sent_ranges = 8192;
/// RFC 8985 7.2: what a receiver may wait with the acknowledgement of a single segment.
inline constexpr duration max_ack_delay = 200ms;
/// RFC 7323 5.5: an older TS.Recent says nothing any more.
inline constexpr std::uint32_t ts_recent_seconds = 24 * 24 * 3600;
/// Pieces of out-of-order data kept for one connection.
inline constexpr std::size_t max_holes = 32;

}  // namespace stack::tcp::limits
