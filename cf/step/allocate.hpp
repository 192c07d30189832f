// Allocate: a stack picks a port that the first structure shows available, and records it.
#pragma once

#include "cf/ports.hpp"
#include "cf/step/outcome.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>

namespace cf::step {

/// BITMAP: next-fit from a cursor that all stacks share, so that a port given back is reused as
/// late as possible; the cursor advances by random increments (in the spirit of RFC 6056 3.3.5),
/// which `random` supplies. LIST: the port free for longest. HASHTABLE: a port whose connection to
/// `to` nobody has. Port 0 and `excluded` are never given. Errors: exhausted, full, enabling,
/// not_shared.
outcome<std::uint16_t> allocate(view& structures, std::uint16_t me, destination const& to,
                                port_words const& excluded, std::uint64_t random);

}  // namespace cf::step
