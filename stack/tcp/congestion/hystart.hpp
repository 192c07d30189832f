// HyStart++: leaves slow start when round trips become longer, before the queue overflows.
#pragma once

#include "stack/core/time.hpp"
#include "stack/tcp/seq.hpp"

#include <cstdint>

namespace stack::tcp {

/// RFC 9406, for the first slow start of a connection.
class hystart {
  public:
    void start(seq snd_una) { window_end_ = snd_una; }
    /// A round trip was measured.
    void sample(duration rtt);
    /// Data up to `snd_una` is acknowledged. True: slow start is over.
    bool on_ack(seq snd_una, seq snd_nxt);
    /// Conservative Slow Start: the window grows by a quarter of what slow start gives.
    bool conservative() const { return css_rounds_ != 0; }

  private:
    void begin_round(seq snd_nxt);

    static constexpr std::uint32_t unknown = 0xffffffff;

    seq window_end_;
    std::uint32_t last_round_ = unknown;     // shortest round trip, in microseconds
    std::uint32_t current_round_ = unknown;  // of this round, so far
    std::uint32_t css_baseline_ = unknown;
    std::uint8_t samples_ = 0;     // in this round
    std::uint8_t css_rounds_ = 0;  // 1 in the first; 0: not in Conservative Slow Start
};

}  // namespace stack::tcp
