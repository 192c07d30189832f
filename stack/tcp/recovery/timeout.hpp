// What happens when nothing was heard in time.
#pragma once

#include "stack/tcp/engine_state.hpp"

#include <cstdint>

namespace stack::tcp {

/// The retransmission or persist timer of a connection went off. The connection may be gone
/// afterwards.
void on_retransmission_timer(engine_state& s, std::uint32_t index, instant now);
/// A SYN,ACK was not answered; false if that was the last attempt.
bool on_half_open_timer(engine_state& s, half_open& h, instant now);
/// RFC 6298 5.5 for the SYN,ACK that was sent `attempts` times again.
duration half_open_timeout(std::uint8_t attempts);

}  // namespace stack::tcp
