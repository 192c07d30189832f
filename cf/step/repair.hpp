// Makes whole what a crash between any two writes left.
#pragma once

#include "cf/structure/view.hpp"

namespace cf::step {

/// first := OR(second) or OR(service); empty if sharing is OFF. Needs no log: the second structures
/// and the state say all. Of HASHTABLE the table says it, and the second structures follow; LIST
/// has its list made whole at the end.
void repair(view& structures);

}  // namespace cf::step
