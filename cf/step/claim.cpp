#include "cf/step/claim.hpp"

#include "cf/ports.hpp"
#include "cf/step/permission.hpp"

namespace cf::step {

outcome<> claim(view& structures, std::uint16_t me, std::uint16_t port) {
    if (auto permission = may_take(structures, me); !permission) return permission.error();
    auto word = word_of(port);
    auto mine = structures.held(me, word);
    if ((mine & bit_of(port)) != 0) return {};
    auto in_use = structures.first(word);
    if ((in_use & bit_of(port)) != 0) return error::in_use;

    structures.set_held(me, word, mine | bit_of(port));
    structures.set_holder(port, static_cast<holder_code>(me));
    structures.set_first(word, in_use | bit_of(port));
    return {};
}

}  // namespace cf::step
