#include "cf/step/claim.hpp"

#include "cf/ports.hpp"
#include "cf/step/connections.hpp"
#include "cf/step/permission.hpp"
#include "cf/step/uses.hpp"

namespace cf::step {

outcome<> claim(view& structures, std::uint16_t me, std::uint16_t port) {
    if (auto permission = may_take(structures, me); !permission) return permission.error();
    auto const word = word_of(port);
    bool const mine = (structures.held(me, word) & bit_of(port)) != 0;
    bool const in_use = (structures.first(word) & bit_of(port)) != 0;
    if (structures.settings().form == structure_form::hashtable) {
        // A bound socket may go anywhere: its port must be nobody else's, for any destination.
        if (in_use && structures.holder(port) != me) return error::in_use;
        return connections::add(structures, me, {port, {}}, false);
    }
    if (mine) return {};
    if (in_use) return error::in_use;
    take(structures, me, port);
    return {};
}

}  // namespace cf::step
