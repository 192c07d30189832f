// Gives back what a dead member held.
#pragma once

#include "cf/backend/backend.hpp"

namespace cf {

/// Any survivor, or the next starter, may call it; exactly once in effect: the right to it is
/// exclusive, the second structures are the list of what is left to do, and all is by incarnation.
/// Errors: see connector::recover.
result<> recover_member(backend& facility, member const& failed, patience how);

}  // namespace cf
