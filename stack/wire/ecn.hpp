// The ECN field of the IP header (RFC 3168 5).
#pragma once

#include <cstdint>

namespace stack::wire {

inline constexpr std::uint8_t ecn_not_capable = 0;  ///< Not-ECT
inline constexpr std::uint8_t ecn_capable = 2;      ///< ECT(0)
inline constexpr std::uint8_t ecn_congested = 3;    ///< CE

}  // namespace stack::wire
