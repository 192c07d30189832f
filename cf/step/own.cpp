#include "cf/step/own.hpp"

#include <algorithm>

namespace cf::step {

namespace {

/// Incarnations are given in ascending order: one that is younger than all known has joined since
/// they were looked at.
bool may_live(dvipa_owner const& owner, std::span<dvipa_owner const> living) {
    if (!owner.exists()) return false;
    return std::find(living.begin(), living.end(), owner) != living.end() ||
           std::all_of(living.begin(), living.end(), [&](dvipa_owner const& each) {
               return each.incarnation < owner.incarnation;
           });
}

}  // namespace

outcome<> take_ownership(view& structures, dvipa_owner const& me,
                         std::span<dvipa_owner const> living) {
    auto const now = structures.owner();
    if (now == me) return {};
    if (may_live(now, living)) return error::in_use;
    structures.set_owner(me);
    return {};
}

void pass_ownership(view& structures, dvipa_owner const& me, dvipa_owner const& next) {
    if (structures.owner() == me) structures.set_owner(next);
}

}  // namespace cf::step
