// A stack takes whole blocks of ports ahead of need (GRAIN above 1).
#pragma once

#include "cf/ports.hpp"
#include "cf/step/outcome.hpp"
#include "cf/structure/block_run.hpp"
#include "cf/structure/view.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cf::step {

/// One update takes no more than this: its keys fit into one transaction of any backend.
inline constexpr std::size_t most_words_at_once = 32;

/// Up to `most` blocks of settings().grain ports in which no other stack has a source port; all of
/// their ports that are free and not in `excluded` are recorded as this stack's. The search goes on
/// where the last one ended. None if there is no such block: then step::allocate() finds single
/// ports. Errors: enabling, not_shared.
outcome<std::vector<block_run>> take_blocks(view& structures, std::uint16_t me, std::size_t most,
                                            port_words const& excluded);

}  // namespace cf::step
