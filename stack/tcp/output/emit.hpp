// A segment handed to the IP layer.
#pragma once

#include "stack/tcp/engine_state.hpp"
#include "stack/wire/tcp.hpp"

#include <cstdint>

namespace stack::tcp {

/// What an MTU leaves for payload: RFC 9293 3.7.1, headers without options; at least
/// limits::min_mss.
std::uint16_t mss_of(four_tuple const& tuple, std::uint16_t mtu);
/// What of `mss` the options leave that every segment of the connection has (RFC 9293 3.7.1,
/// Eff.snd.MSS).
std::uint16_t payload_of(connection const& c, std::uint16_t mss);
/// The packet, in bytes, that a segment with so much payload makes.
std::uint16_t packet_of(connection const& c, std::uint16_t payload);
/// Largest MSS on the way between the two addresses of `tuple`; 0 if there is no route.
std::uint16_t path_mss(engine_state const& s, four_tuple const& tuple);
/// Payload of the largest super-segment: whole segments of `mss` bytes, one if the sink takes no
/// more.
std::uint32_t largest_payload(engine_state const& s, four_tuple const& tuple, std::uint16_t mss);

/// Fills in the ports of `header` and sends. `gso_size` and `ecn` as in outgoing_segment.
void emit(engine_state& s, four_tuple const& tuple, wire::tcp_header header,
          fragments const& payload = {}, std::uint16_t gso_size = 0, std::uint8_t ecn = 0);
/// What every segment of the connection but SYN and RST says: acknowledgement, window, timestamps,
/// congestion echo. Takes the window offered as sent.
wire::tcp_header header_of(connection& c, seq number, instant now);

}  // namespace stack::tcp
