// Back-fill: a stack records the ports it uses already when sharing is switched on.
#pragma once

#include "cf/step/outcome.hpp"
#include "cf/structure/adoption.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>

namespace cf::step {

/// Adds them to what the stack holds and serves, whoever else uses them too, and marks the stack as
/// back-filled for this generation. In ENABLING, or in ON for a member that came later. Errors:
/// not_shared; unavailable: no space for the structure; full: none in the table.
outcome<> backfill(view& structures, std::uint16_t me, adoption const& uses);

}  // namespace cf::step
