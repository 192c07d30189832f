// How long to wait for an acknowledgement: RFC 6298.
#pragma once

#include "stack/core/time.hpp"

#include <cstdint>

namespace stack::tcp {

/// Round-trip estimate and retransmission timeout, in microseconds.
class rtt_estimator {
  public:
    rtt_estimator() = default;
    /// The wait before the first measurement, and the longest of all, 1 s to an hour.
    rtt_estimator(duration first, std::chrono::seconds longest);
    /// A measurement of a segment sent once (Karn's algorithm is the caller's).
    void sample(duration round_trip);
    /// The timer went off: the next wait is twice as long.
    void back_off();
    /// What was waited for has come by other ways than a measurement (a window opened).
    void forget_back_off() { backoff_ = 0; }
    /// Before any sample: the SYN was lost, so that the first estimate was too short.
    void lost_syn();
    /// The wait to choose now.
    duration timeout() const;
    bool measured() const { return srtt_ != 0; }
    duration smoothed() const { return std::chrono::microseconds(srtt_); }

  private:
    void wait_first(duration wait);
    duration rto() const;

    std::uint32_t srtt_ = 0;
    std::uint32_t rttvar_ = 250'000;  ///< before the first measurement a quarter of the first wait
    std::uint16_t longest_ = 60;      ///< seconds
    std::uint8_t backoff_ = 0;

    duration longest() const { return std::chrono::seconds(longest_); }
};

}  // namespace stack::tcp
