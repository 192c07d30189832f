// A DVIPA gets an owner, and another one.
#pragma once

#include "cf/step/outcome.hpp"
#include "cf/structure/view.hpp"

#include <span>

namespace cf::step {

/// `me` owns the DVIPA, unless one of `living` does: the members that may not have ended. Errors:
/// in_use.
outcome<> take_ownership(view& structures, dvipa_owner const& me,
                         std::span<dvipa_owner const> living);

/// If `me` owns the DVIPA, `next` does from here on, or nobody.
void pass_ownership(view& structures, dvipa_owner const& me, dvipa_owner const& next);

}  // namespace cf::step
