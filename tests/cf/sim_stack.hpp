// One simulated stack: what it really uses, and its connector while it runs.
#pragma once

#include "cf/backend/memory/facility.hpp"
#include "sim_world.hpp"
#include "stacks.hpp"

#include <random>
#include <set>
#include <vector>

namespace cf::sim {

inline constexpr unsigned first_port = 40000, last_port = 40015;

/// Throws memory::crashed inside updates now and then, and sometimes lets the structures be locked
/// by somebody else.
class random_faults final : public memory::faults {
  public:
    /// `target`: a place at which every second passage is a crash; empty: none.
    random_faults(std::mt19937_64& random, crash_points& points, std::string target)
        : random_(random), points_(points), target_(std::move(target)) {}
    void reach(std::string const& point) override;
    bool locked(dvipa const&) override { return armed && random_() % 40 == 0; }
    bool armed = false;  ///< only during the operations of simulated stacks

  private:
    std::mt19937_64& random_;
    crash_points& points_;
    std::string target_;
};

/// A connection or bound socket, from its port's grant to the end of TIME-WAIT. Who opened it
/// without the facility has a peer of its own, as an operator would see to; who got the port from
/// the facility shares the common peer.
struct use {
    std::uint16_t port = 0;
    bool common_peer = false;
};

struct simulated_stack {
    std::string name;
    std::unique_ptr<connector> cf;  ///< none while it is down
    std::vector<use> uses;
    std::set<std::uint16_t> services;
    /// Given back when the facility was busy: its again with some later update of this stack.
    std::set<std::uint16_t> unreleased;
    std::vector<member> to_recover;
    std::uint16_t uncertain =
        0;  ///< the port of the operation it is in: after a crash nobody knows

    bool uses_port(std::uint16_t port) const;
    bool is_live_to_common_peer(std::uint16_t port) const;
    /// All source ports it uses.
    std::set<std::uint16_t> ports() const;
    void forget();
};

}  // namespace cf::sim
