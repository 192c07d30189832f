// A DVIPA gets an owner, and another one.
#pragma once

#include "cf/step/outcome.hpp"
#include "cf/structure/view.hpp"

namespace cf::step {

/// `me` owns the DVIPA, if nobody does or `ended`: an owner that is known to be no member any more.
/// Errors: in_use.
outcome<> take_ownership(view& structures, dvipa_owner const& me, dvipa_owner const& ended);

/// If `me` owns the DVIPA, `next` does from here on, or nobody.
void pass_ownership(view& structures, dvipa_owner const& me, dvipa_owner const& next);

}  // namespace cf::step
