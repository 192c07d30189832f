#include "daemon/sysplex/claims.hpp"

#include <tuple>

namespace tcpplexd {

namespace {

using kind = dvipa_definition::kind;

dvipa_definition const* claim_of(stack::address const& dvipa, group_member const& member) {
    if (!member.id.valid()) return nullptr;
    auto const* const definition = member.definitions.find(dvipa);
    return definition == nullptr || definition->deactivated ? nullptr : definition;
}

/// The greater, the better.
auto weight_of(dvipa_definition const& claim, group_member const& member) {
    bool const is_backup = claim.origin == kind::backup;
    std::int64_t const age = member.id.incarnation;
    return std::tuple(!is_backup, is_backup ? claim.rank : claim.since, is_backup ? -age : age);
}

}  // namespace

group_member const* claimant(stack::address const& dvipa,
                             std::vector<group_member> const& members) {
    group_member const* best = nullptr;
    dvipa_definition const* its_claim = nullptr;
    for (auto const& member : members) {
        auto const* const claim = claim_of(dvipa, member);
        if (claim == nullptr) continue;
        if (best != nullptr && weight_of(*claim, member) < weight_of(*its_claim, *best)) continue;
        best = &member;
        its_claim = claim;
    }
    return best;
}

claim_step step_for(stack::address const& dvipa, std::vector<group_member> const& members,
                    bool in_use) {
    auto const& self = members.front();
    auto const* const owner = owner_of(dvipa, members);
    auto const* const best = claimant(dvipa, members);
    auto const* const mine = claim_of(dvipa, self);
    if (owner == &self) {
        if (mine == nullptr) return claim_step::pass;
        // A backup that took over keeps it when another of higher rank comes.
        bool const better = best != &self && best->definitions.find(dvipa)->origin != kind::backup;
        if (!better) return claim_step::none;
        bool const waits = !mine->immediate && (in_use || mine->origin == kind::range);
        return waits ? claim_step::none : claim_step::pass;
    }
    bool const has_owner = owner != nullptr && owner->id.valid();
    if (has_owner || best != &self) return claim_step::none;
    bool const was_active = owner != nullptr;
    return mine->origin != kind::backup || mine->activates || was_active ? claim_step::take
                                                                         : claim_step::none;
}

}  // namespace tcpplexd
