// Packets that a line loses by chance, alone or in bursts.
#pragma once

#include "tcp_wire.hpp"

namespace sim {

/// The model of Gilbert and Elliott, in packets per million: a line is good or bad and changes its
/// mind before each packet. With `becomes_bad` 0, losses are independent of each other.
struct loss_settings {
    unsigned lost_while_good = 0;
    unsigned lost_while_bad = 0;
    unsigned becomes_bad = 0;
    unsigned becomes_good = 0;
};

class loss_model {
  public:
    explicit loss_model(loss_settings const& settings) : settings_(settings) {}

    /// Whether the next packet is lost.
    bool next(random_source& random);

  private:
    loss_settings settings_;
    bool bad_ = false;
};

/// True `per_million` times of a million; draws nothing if that is never.
bool chance(random_source& random, unsigned per_million);

}  // namespace sim
