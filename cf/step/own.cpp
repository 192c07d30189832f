#include "cf/step/own.hpp"

namespace cf::step {

outcome<> take_ownership(view& structures, dvipa_owner const& me, dvipa_owner const& ended) {
    auto const now = structures.owner();
    if (now == me) return {};
    if (now.exists() && now != ended) return error::in_use;
    structures.set_owner(me);
    return {};
}

void pass_ownership(view& structures, dvipa_owner const& me, dvipa_owner const& next) {
    if (structures.owner() == me) structures.set_owner(next);
}

}  // namespace cf::step
