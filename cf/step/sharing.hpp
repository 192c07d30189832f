// Switching the sharing of a DVIPA on, behind a barrier, and off, by draining.
#pragma once

#include "cf/step/outcome.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>

namespace cf::step {

/// Who asks, and for what.
struct enable_request {
    std::uint16_t slot = 0;
    std::uint32_t incarnation = 0;
    sharing_request sharing;
    std::uint64_t random = 0;  ///< LIST: decides the order
};

/// OFF or DRAINING -> ENABLING with the next generation. ENABLING or ON already: unchanged. Errors:
/// disagree; unavailable: no space for the form's structures.
outcome<dvipa_settings> begin_enable(view& structures, enable_request const& request);

/// ENABLING -> ON if all of `members` (bit per slot) have back-filled. Returns those that have not;
/// none: it is ON. Errors: not_shared.
outcome<std::uint64_t> try_complete(view& structures, std::uint64_t members);

/// ENABLING -> OFF, everything recorded removed. Returns which of `members` had not back-filled;
/// none if it is ON.
std::uint64_t abandon(view& structures, std::uint64_t members);

/// ON -> DRAINING, and at once OFF if no source port is held; ENABLING -> OFF.
void begin_disable(view& structures);

/// In DRAINING: -> OFF if no stack holds a source port any more. Returns whether it did.
bool end_draining(view& structures);
/// The same in any state: nothing happens in another.
inline bool finish_draining(any_view auto& structures) {
    return structures.settings().state == sharing_state::draining && end_draining(structures);
}

/// -> OFF with empty structures.
void switch_off(view& structures);

/// Empties the structures of a DVIPA that is OFF.
void clear(view& structures);

}  // namespace cf::step
