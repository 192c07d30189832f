// Who should own a DVIPA, from what the stacks of the group define.
#pragma once

#include "daemon/sysplex/roles.hpp"

#include <cstdint>

namespace tcpplexd {

/// The member with the best claim to `dvipa`: of the VIPADEFINEs, and DVIPAs made in a VIPARANGE,
/// the latest (IP Configuration Guide, "conflict resolution": the later time stamp wins); without
/// any the backup of the highest rank, of equal ones the stack that joined first. Departed members,
/// and definitions that are deactivated, have none. Null if nobody has.
group_member const* claimant(stack::address const& dvipa, std::vector<group_member> const& members);

/// What the member that comes first should do about the ownership of a DVIPA.
enum class claim_step : std::uint8_t {
    none,
    take,  ///< nobody has it, and the claim is this stack's
    pass   ///< this stack has it, and another has a better claim, or this one has none any more
};

/// `in_use`: this stack has connections with it, so that it does not move unless IMMEDIATE. Pure.
/// A backup takes a DVIPA that was active, or any if it has MOVEABLE and a mask.
claim_step step_for(stack::address const& dvipa, std::vector<group_member> const& members,
                    bool in_use);

}  // namespace tcpplexd
