// Allocate: a stack picks a port that the first structure shows free, and records it.
#pragma once

#include "cf/ports.hpp"
#include "cf/step/outcome.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>

namespace cf::step {

/// Next-fit from a cursor that all stacks share, so that a port given back is reused as late as
/// possible; the cursor advances by random increments (in the spirit of RFC 6056 3.3.5), which
/// `random` supplies. Port 0 and `excluded` are never given. Errors: exhausted, enabling,
/// not_shared.
outcome<std::uint16_t> allocate(view& structures, std::uint16_t me, port_words const& excluded,
                                std::uint64_t random);

}  // namespace cf::step
