// What must hold between any two events of the simulation.
#pragma once

#include "sim_stack.hpp"

#include <array>

namespace cf::sim {

inline constexpr std::size_t stack_count = 3;

/// Thrown with what does not hold.
struct broken {
    std::string what;
};

/// I1: the first structure is the union of the second ones; OFF is empty; each living stack's
/// second structure says exactly what the stack uses. Looks at the word of the ports in play, or at
/// all words.
void check_structures(view& structures, std::array<simulated_stack, stack_count> const& stacks,
                      bool every_word);

/// What step::verify finds, as a stack would: throws the first finding.
void verify_structures(memory::backend& oracle);

}  // namespace cf::sim
