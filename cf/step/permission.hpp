// Whether a stack may take ports of a DVIPA now.
#pragma once

#include "cf/step/outcome.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>

namespace cf::step {

/// Sharing must be ON and the stack must have back-filled for this generation: nobody takes a port
/// before all ports in use are known. Errors: not_shared, enabling.
inline outcome<> may_take(any_view auto& structures, std::uint16_t me) {
    auto const settings = structures.settings();
    if (settings.state == sharing_state::enabling) return error::enabling;
    if (settings.state != sharing_state::on) return error::not_shared;
    if (structures.backfilled(me) != settings.generation) return error::enabling;
    return {};
}

}  // namespace cf::step
