#include "cf/step/repair.hpp"

#include "cf/step/connections.hpp"
#include "cf/step/free_list.hpp"
#include "cf/step/sharing.hpp"
#include "cf/step/uses.hpp"

namespace cf::step {

void repair(view& structures) {
    auto const settings = structures.settings();
    if (settings.state == sharing_state::off) return clear(structures);
    if (settings.form == structure_form::hashtable) connections::repair(structures);
    recount_all(structures);
    if (settings.form == structure_form::list) free_list::repair(structures, settings);
}

}  // namespace cf::step
