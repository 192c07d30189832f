// Release: a stack's use of a port ends.
#pragma once

#include "cf/ports.hpp"
#include "cf/step/connections.hpp"
#include "cf/step/sharing.hpp"
#include "cf/step/uses.hpp"
#include "cf/structure/view.hpp"

#include <cstdint>

namespace cf::step {

/// HASHTABLE: the socket bound to the port is gone; connections end by connections::remove(). Else
/// the port becomes assignable unless another stack uses it too. A port this stack does not hold
/// stays untouched: a release that arrives twice must not free what another stack got meanwhile.
/// The last release of a DVIPA in DRAINING switches it OFF; returns whether it did.
[[gnu::always_inline]] inline bool release(any_view auto& structures, std::uint16_t me,
                                           std::uint16_t port) {
    if ((structures.users() >> me & 1U) == 0) return false;
    if (structures.settings().form == structure_form::hashtable) {
        connections::remove(structures, me, {port, {}});
        return finish_draining(structures);
    }
    auto word = word_of(port);
    auto mine = structures.held(me, word);
    if ((mine & bit_of(port)) == 0) return false;

    if (structures.holder(port) == me) {  // the common case: nobody else to ask
        auto const in_use = structures.first(word);
        set_in_use(structures, word, in_use, in_use & ~bit_of(port));
        structures.set_held(me, word, mine & ~bit_of(port));
    } else {
        end_uses(structures, word, {.slot = me, .held = bit_of(port)});
    }
    return finish_draining(structures);
}

}  // namespace cf::step
