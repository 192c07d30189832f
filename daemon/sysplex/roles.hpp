// Which DVIPAs a stack has, and in what role, from what all stacks of the group define.
#pragma once

#include "daemon/sysplex/definitions.hpp"
#include "stack/shard/settings.hpp"

#include <set>
#include <string>
#include <vector>

namespace tcpplexd {

/// One stack of the group with its definitions.
struct group_member {
    stack::member_id id;
    std::string name;
    std::string system;
    member_definitions definitions;
    /// The DVIPAs it owns, as the facility has it; of a departed one those that nobody has now.
    std::set<stack::address> owned;
};

/// The DVIPAs of the member `self` (which is in `members`), without their sharing state. Pure:
/// every stack computes the same from the same group. Stacks that the VIPADISTRIBUTE statements of
/// a DVIPA's owner name are targets.
std::vector<stack::dvipa_settings> roles(stack::member_id self,
                                         std::vector<group_member> const& members);

/// The member that owns `dvipa`, or was the last to if it has departed, or nullptr.
group_member const* owner_of(stack::address const& dvipa, std::vector<group_member> const& members);

}  // namespace tcpplexd
