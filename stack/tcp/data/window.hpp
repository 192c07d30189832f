// The receive window: how far the peer may send.
#pragma once

#include "stack/tcp/connection.hpp"

#include <cstdint>

namespace stack::tcp {

/// The smallest shift with which `buffer` bytes can be offered (RFC 7323 2.3).
std::uint8_t window_scale_for(std::uint32_t buffer);
/// The window of a SYN, never scaled.
std::uint16_t syn_window(std::uint32_t buffer);

/// SEG.WND for the segment about to leave; moves rcv_adv.
std::uint16_t offer_window(connection& c);
/// Whether the user has made so much room that the peer should hear of it at once.
bool window_update_due(connection const& c);

}  // namespace stack::tcp
