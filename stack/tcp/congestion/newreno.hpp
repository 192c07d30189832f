// NewReno: a window that grows by a segment each round trip.
#pragma once

#include <cstdint>

namespace stack::tcp {

/// RFC 5681 3.1, RFC 6582. Bytes.
class newreno {
  public:
    /// ssthresh after congestion with `flight` bytes out.
    std::uint32_t on_congestion(std::uint32_t flight, std::uint16_t mss);
    /// The window after `acked` bytes more in congestion avoidance.
    std::uint32_t grow(std::uint32_t cwnd, std::uint32_t acked, std::uint16_t mss);

  private:
    std::uint32_t acked_ = 0;  // since cwnd grew
};

}  // namespace stack::tcp
