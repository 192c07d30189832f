// Recover: the uses of a stack that is gone end.
#pragma once

#include "cf/structure/view.hpp"

#include <cstdint>

namespace cf::step {

/// Ends every use of the stack incarnation and removes its second structure. The second structure
/// is the list of work: what a crashed recoverer did is not done again, what it left is. A
/// switching on that the stack began and did not complete is taken back.
void recover(view& structures, std::uint16_t slot, std::uint32_t incarnation);

}  // namespace cf::step
