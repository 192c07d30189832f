// Service ports: bindable on every stack of the DVIPA, never picked as a source port.
#pragma once

#include "cf/step/outcome.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>

namespace cf::step {

/// Makes the port a service port of this stack. If this stack alone holds it as a source port (a
/// socket bound before it listens), that use turns into the service. Errors: in_use (held by
/// another stack), enabling, not_shared.
outcome<> serve(view& structures, std::uint16_t me, std::uint16_t port);

/// This stack no longer serves the port; it stays taken while others do.
void unserve(view& structures, std::uint16_t me, std::uint16_t port);

}  // namespace cf::step
