// Which DVIPAs a stack has, and in what role, from what all stacks of the group define.
#pragma once

#include "daemon/sysplex/definitions.hpp"
#include "stack/shard/settings.hpp"

#include <string>
#include <vector>

namespace tcpplexd {

/// One stack of the group with its definitions.
struct group_member {
    stack::member_id id;
    std::string name;
    std::string system;
    member_definitions definitions;
};

/// The DVIPAs of the member `self` (which is in `members`), without their sharing state. Pure:
/// every stack computes the same from the same group. The owner of a DVIPA is the stack whose
/// VIPADEFINE came first (by incarnation); stacks its VIPADISTRIBUTE statements name are targets.
std::vector<stack::dvipa_settings> roles(stack::member_id self,
                                         std::vector<group_member> const& members);

/// The member that owns `dvipa`, or nullptr.
group_member const* owner_of(stack::address const& dvipa, std::vector<group_member> const& members);

}  // namespace tcpplexd
