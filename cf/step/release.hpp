// Release: a stack's use of a port ends.
#pragma once

#include "cf/structure/view.hpp"

#include <cstdint>

namespace cf::step {

/// HASHTABLE: the socket bound to the port is gone; connections end by connections::remove(). Else
/// the port becomes assignable unless another stack uses it too. A port this stack does not hold
/// stays untouched: a release that arrives twice must not free what another stack got meanwhile.
/// The last release of a DVIPA in DRAINING switches it OFF; returns whether it did.
bool release(view& structures, std::uint16_t me, std::uint16_t port);

}  // namespace cf::step
