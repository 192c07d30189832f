#include "cf/step/recover.hpp"

#include "cf/ports.hpp"
#include "cf/step/connections.hpp"
#include "cf/step/sharing.hpp"
#include "cf/step/uses.hpp"

namespace cf::step {

namespace {

void end_all_uses(view& structures, std::uint16_t slot) {
    if (structures.settings().form == structure_form::hashtable)
        connections::remove_all(structures, slot);
    for (std::size_t word = 0; word < port_word_count; ++word) {
        ending_uses gone{slot, structures.held(slot, word), structures.served(slot, word)};
        if ((gone.held | gone.served) != 0) end_uses(structures, word, gone);
    }
    structures.set_backfilled(slot, 0);
    structures.remove_user(slot);
}

}  // namespace

void recover(view& structures, std::uint16_t slot, std::uint32_t incarnation) {
    if ((structures.users() >> slot & 1U) != 0) end_all_uses(structures, slot);

    auto settings = structures.settings();
    bool began_it = settings.set_by_slot == slot && settings.set_by_incarnation == incarnation;
    if (settings.state == sharing_state::enabling && began_it) switch_off(structures);
    finish_draining(structures);
}

}  // namespace cf::step
