// How much may be in flight, and what duplicate acknowledgements mean: RFC 5681, 6582, 6928, 3042.
#pragma once

#include "stack/tcp/seq.hpp"

#include <cstdint>

namespace stack::tcp {

/// Congestion window and loss recovery without SACK. It never sends: each event says whether the
/// first unacknowledged segment is to be sent again.
class newreno {
  public:
    enum class advice : std::uint8_t { go_on, retransmit_first };

    /// The connection is established; segments of `mss` bytes. One segment to begin with if the SYN
    /// was lost (RFC 5681 3.1).
    void start(std::uint16_t mss, seq iss, bool syn_lost);
    /// Segments are smaller from here on.
    void resize(std::uint16_t mss) { mss_ = mss; }
    /// `acked` bytes up to `snd_una` were new; `flight` bytes were out before, `left` are still.
    advice on_ack(seq snd_una, std::uint32_t acked, std::uint32_t flight, std::uint32_t left);
    /// A duplicate of the acknowledgement of `snd_una`.
    advice on_duplicate(seq snd_una, seq snd_max);
    /// The retransmission timer went off; `again` if not for the first time for this data.
    void on_timeout(seq snd_una, seq snd_max, bool again);
    /// Nothing was sent for longer than the retransmission timeout (RFC 5681 4.1).
    void on_idle();

    /// Bytes that may be in flight.
    std::uint32_t window() const;
    bool recovering() const { return recovering_; }
    std::uint32_t slow_start_threshold() const { return ssthresh_; }

  private:
    std::uint32_t initial_window() const;
    void grow(std::uint32_t acked, std::uint32_t flight);
    std::uint32_t half_of(std::uint32_t flight) const;

    std::uint32_t cwnd_ = 0;
    std::uint32_t ssthresh_ = 0xffffffff;
    std::uint32_t acked_ = 0;  // in congestion avoidance, since cwnd grew
    seq recover_;              // RFC 6582 3.2: what was sent when the loss was found
    std::uint16_t mss_ = 0;
    std::uint8_t dup_acks_ = 0;
    bool recovering_ = false;
};

}  // namespace stack::tcp
