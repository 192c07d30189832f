// Who of several stacks gets the next connection: the methods of distribution.
#pragma once

#include "stack/dvipa/destination.hpp"
#include "stack/shard/distribution_settings.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace stack::dvipa {

constexpr std::size_t no_target = static_cast<std::size_t>(-1);

/// What a service remembers from one choice to the next.
struct choice_state {
    std::size_t turn = 0;              ///< of the targets, who is asked first
    std::size_t standing = no_target;  ///< hot_standby: who has the connections
};

/// A position in `targets`, which are those of `rule.targets` in that order; no_target if none is
/// ready. One that does not respond is chosen only if none does. Allocates nothing, takes time in
/// proportion to the targets.
std::size_t choose(distribution_settings const& rule, std::span<destination> targets,
                   choice_state& state);

/// What base_wlm and server_wlm weigh a target with, as against `highest`, the largest capacity
/// reported by any of the targets; 0: no connection while another has a weight.
std::uint64_t reported_weight(distribution_method method, destination const& target,
                              std::uint32_t highest);
std::uint32_t highest_capacity(std::span<destination const> targets);

}  // namespace stack::dvipa
