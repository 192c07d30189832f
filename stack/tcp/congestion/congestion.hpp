// The congestion window: how much may be in flight, and how that changes.
#pragma once

#include "stack/core/time.hpp"
#include "stack/tcp/congestion/cubic.hpp"
#include "stack/tcp/congestion/hystart.hpp"
#include "stack/tcp/congestion/newreno.hpp"
#include "stack/tcp/seq.hpp"

#include <cstdint>
#include <optional>
#include <variant>

namespace stack::tcp {

enum class congestion_algorithm : std::uint8_t { cubic, newreno };

/// HyStart++ watches the first slow start; the algorithm's own state begins after it.
struct first_slow_start {
    hystart watch;
    congestion_algorithm next = congestion_algorithm::cubic;
};

/// What an acknowledgement of new data says about the path.
struct growth {
    std::uint32_t acked = 0;  ///< bytes
    std::uint16_t mss = 0;
    /// The window was used: RFC 9438 5.8, RFC 5681 3.1. One that was not says nothing.
    bool limited = false;
    seq snd_una;
    seq snd_nxt;
    std::optional<duration> rtt;
    duration srtt{};
    instant now;
};

/// A plain value: its copy is what an undone recovery goes back to. Bytes throughout. It decides
/// the size of the window only; which segments are lost and when to send them is the recovery's.
class congestion {
  public:
    /// The connection is established. One segment to begin with if the SYN was lost (RFC 5681 3.1).
    void start(congestion_algorithm algorithm, std::uint16_t mss, seq snd_una, bool syn_lost);
    void on_ack(growth const& g);
    /// Loss was found, or the network has marked (RFC 3168 6.1.2), once a window: sets the
    /// slow-start threshold. `flight` bytes were out, of which a window at most counts.
    void on_congestion(std::uint32_t flight, std::uint16_t mss);
    /// The retransmission timer went off; `again` if not for the first time for this data. `pipe`
    /// bytes are still believed to be on the way.
    void on_timeout(std::uint32_t flight, std::uint32_t pipe, std::uint16_t mss, bool again);
    /// Nothing was sent for `pause`, longer than the retransmission timeout (RFC 5681 4.1).
    void on_idle(duration pause, std::uint16_t mss);

    std::uint32_t window() const { return cwnd_; }
    /// During a recovery others say how large it is.
    void set_window(std::uint32_t bytes) { cwnd_ = bytes; }
    std::uint32_t slow_start_threshold() const { return ssthresh_; }
    bool in_slow_start() const { return cwnd_ < ssthresh_; }

  private:
    void slow_start(growth const& g);
    void avoid(growth const& g);
    void end_first_slow_start();

    std::uint32_t cwnd_ = 0;
    std::uint32_t ssthresh_ = infinite;
    std::variant<first_slow_start, cubic, newreno> phase_;

    static constexpr std::uint32_t infinite = 0xffffffff;
};

}  // namespace stack::tcp
