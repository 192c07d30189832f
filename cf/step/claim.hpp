// Bind: exactly this port, accepted and recorded or refused.
#pragma once

#include "cf/step/outcome.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>

namespace cf::step {

/// A port that this stack holds already is granted again. Errors: in_use, enabling, not_shared.
outcome<> claim(view& structures, std::uint16_t me, std::uint16_t port);

}  // namespace cf::step
