// Makes whole what a crash between any two writes left.
#pragma once

#include "cf/structure/view.hpp"

namespace cf::step {

/// first := OR(second) or OR(service); empty if sharing is OFF. Needs no log: the second structures
/// and the state say all.
void repair(view& structures);

}  // namespace cf::step
