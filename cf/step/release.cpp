#include "cf/step/release.hpp"

#include "cf/ports.hpp"
#include "cf/step/connections.hpp"
#include "cf/step/sharing.hpp"
#include "cf/step/uses.hpp"

namespace cf::step {

bool release(view& structures, std::uint16_t me, std::uint16_t port) {
    if ((structures.users() >> me & 1U) == 0) return false;
    if (structures.settings().form == structure_form::hashtable) {
        connections::remove(structures, me, {port, {}});
        return finish_draining(structures);
    }
    auto word = word_of(port);
    auto mine = structures.held(me, word);
    if ((mine & bit_of(port)) == 0) return false;

    if (structures.holder(port) == me) {  // the common case: nobody else to ask
        set_in_use(structures, word, structures.first(word) & ~bit_of(port));
        structures.set_held(me, word, mine & ~bit_of(port));
    } else {
        end_uses(structures, word, {.slot = me, .held = bit_of(port)});
    }
    return finish_draining(structures);
}

}  // namespace cf::step
