// A network between two TCP engines in virtual time: it delays, loses, repeats, reorders, splits
// and merges.
#pragma once

#include "stack/core/time.hpp"
#include "stack/tcp/boundary.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <vector>

namespace sim {

using stack::duration;
using stack::instant;

/// Seeded randomness; the only one of a simulation.
using random_source = std::mt19937_64;

/// What the network does to packets, in parts per thousand.
struct weather {
    unsigned loss = 0;
    unsigned duplication = 0;
    unsigned reordering = 0;
    duration delay{};
    duration jitter{};
    std::uint16_t mtu = 1500;
    bool super_segments = true;
};

/// A segment, or a super-segment, that owns its bytes.
struct frame {
    stack::address source;
    stack::address destination;
    std::vector<std::byte> bytes;
    std::size_t header = 0;
    std::uint16_t gso_size = 0;
    std::uint8_t ecn = 0;
};

frame copy_of(stack::tcp::outgoing_segment const& segment);
/// The single segments a super-segment stands for.
std::vector<frame> split(frame const& whole);
/// `next` joined to `into` if a receiver's offload might do so: same flow, next in sequence, same
/// acknowledgement.
bool merge(frame& into, frame const& next);

/// One direction of a path.
class tcp_wire {
  public:
    tcp_wire(weather const& w, random_source& random) : weather_(w), random_(random) {}

    void put(frame const& whole, instant now);
    bool empty() const { return flying_.empty(); }
    instant next() const { return flying_.begin()->first; }
    /// Hands over what arrives at `now` in bursts, merged at random.
    void deliver(instant now, std::function<void(frame const&)> const& receive);

  private:
    bool chance(unsigned per_thousand) { return random_() % 1000 < per_thousand; }
    void launch(frame const& one, instant now);

    weather const& weather_;
    random_source& random_;
    std::multimap<instant, frame> flying_;
    instant last_{};
};

}  // namespace sim
