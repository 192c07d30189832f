// One direction of a path: a router's queue in front of a line of limited rate.
#pragma once

#include "network/loss.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace sim {

struct line_settings {
    std::uint64_t bits_per_second = 0;      ///< 0: no limit, hence no queue
    std::uint32_t queue_bytes = 1U << 30U;  ///< what finds no room is dropped (drop-tail)
    duration delay{};
    duration jitter{};      ///< added at random, 0 up to this; packets may overtake each other
    duration interrupts{};  ///< packets arrive together at multiples of this; 0: each alone
    std::uint16_t mtu = 1500;
    std::uint32_t marks_above =
        0;  ///< bytes waiting beyond which ECN-capable packets are marked; 0: never
    loss_settings loss{};
    unsigned corrupted = 0;  ///< of a million packets; IP's checksums find it, so TCP sees a loss
};

/// What becomes of a packet.
enum class fate : std::uint8_t { arrives, marked, lost, corrupted, queue_full, too_big };

class line {
  public:
    line(line_settings const& settings, random_source& random)
        : settings_(settings), loss_(settings.loss), random_(random) {}

    /// A packet of `bytes`, IP header included, reaches the queue at `now`, which never goes back.
    /// `arrives` is set if it does, marked or not.
    fate enter(std::uint32_t bytes, bool ecn_capable, instant now, instant& arrives);
    void change_mtu(std::uint16_t mtu) { settings_.mtu = mtu; }
    std::uint16_t mtu() const { return settings_.mtu; }
    std::uint64_t count(fate what) const { return counted_[static_cast<std::size_t>(what)]; }
    /// Bytes that wait at `now`.
    std::uint64_t backlog(instant now) const;

  private:
    fate decide(std::uint32_t bytes, bool ecn_capable, instant now);

    line_settings settings_;
    loss_model loss_;
    random_source& random_;
    instant free_at_{};  ///< everything queued has left
    std::array<std::uint64_t, 6> counted_{};
};

}  // namespace sim
