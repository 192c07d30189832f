// CUBIC: a window that grows by a cubic function of the time since the last congestion.
#pragma once

#include "stack/core/time.hpp"

#include <cstdint>

namespace stack::tcp {

/// RFC 9438, in whole bytes and milliseconds, so that every machine computes the same.
class cubic {
  public:
    /// ssthresh after congestion with `flight` bytes out and a window of `cwnd`.
    std::uint32_t on_congestion(std::uint32_t cwnd, std::uint32_t flight, std::uint16_t mss);
    /// The window after `acked` bytes more in congestion avoidance.
    std::uint32_t grow(std::uint32_t cwnd, std::uint32_t acked, std::uint16_t mss, duration srtt,
                       instant now);
    /// Time in which nothing was sent is not time in which the path was probed (RFC 9438 5.8).
    void skip(duration pause);

  private:
    void begin_epoch(std::uint32_t cwnd, std::uint16_t mss, std::uint32_t now);
    std::uint32_t curve(std::uint32_t t, std::uint16_t mss) const;

    static constexpr std::uint32_t none = 0xffffffff;

    std::uint32_t w_max_ = 0;
    std::uint32_t cwnd_prior_ = 0;
    std::uint32_t w_est_ = 0;
    std::uint32_t k_ = none;   // milliseconds; none: no epoch has begun
    std::uint32_t epoch_ = 0;  // began at this millisecond
    std::uint32_t rest_ = 0;   // of the division by cwnd, so that small steps add up
};

}  // namespace stack::tcp
