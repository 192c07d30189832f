// Back-fill: a stack records the ports it uses already when sharing is switched on.
#pragma once

#include "cf/ports.hpp"
#include "cf/step/outcome.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>

namespace cf::step {

/// Adds the ports to what the stack holds and serves, whoever else uses them too, and marks the
/// stack as back-filled for this generation. In ENABLING, or in ON for a member that came later.
/// Errors: not_shared; unavailable: no space for the structure.
outcome<> backfill(view& structures, std::uint16_t me, port_words const& ports,
                   port_words const& services);

}  // namespace cf::step
