// Whether a stack may take ports of a DVIPA now.
#pragma once

#include "cf/step/outcome.hpp"
#include "cf/structure/view.hpp"

namespace cf::step {

/// Sharing must be ON and the stack must have back-filled for this generation: nobody takes a port
/// before all ports in use are known. Errors: not_shared, enabling.
outcome<> may_take(view& structures, std::uint16_t me);

}  // namespace cf::step
