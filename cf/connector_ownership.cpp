// The connector's part about who owns a DVIPA.
#include "cf/connector.hpp"
#include "cf/refusal.hpp"
#include "cf/step/own.hpp"

#include <algorithm>

namespace cf {

namespace {

dvipa_owner id_of(member const& who) {
    return {who.slot, who.incarnation};
}

}  // namespace

/// Afar a proof of life may only be missing from this stack's copy: who is dead has been recovered.
bool connector::has_ended(dvipa_owner const& owner, std::vector<member> const& members) const {
    if (owner == id_of(self_)) return false;
    return std::none_of(members.begin(), members.end(), [&](member const& each) {
        return id_of(each) == owner && (facility_->is_remote() || facility_->alive(each));
    });
}

dvipa_owner connector::owner(dvipa const& of) const {
    return facility_->owner(of);
}

result<> connector::take_ownership(dvipa const& of) {
    if (auto const now = state(); now != lease_state::active) return refused_by_lease(of, now);
    // Its owner before the members: each owner has joined before it took the DVIPA or was given it,
    // so one that is no member then has ended, and has not yet to be heard of.
    auto const known = facility_->settled_owner(of);
    auto const members = facility_->members();
    auto const ended = has_ended(known, members) ? known : dvipa_owner{};
    step::outcome<> taken;
    dvipa_owner before;
    want asked{.step = step_kind::take_over, .how = patience::wait, .create = true};
    auto const updated = facility_->update(of, asked, [&](view& structures) {
        before = structures.owner();
        taken = step::take_ownership(structures, id_of(self_), ended);
        if (!taken) asked.refused = taken.error();
    });
    if (!updated) return updated.error();
    if (!taken) {
        auto const names = names_of(std::uint64_t{1} << before.slot, members);
        return failure{taken.error(),
                       of.to_string() + " is owned by " +
                           (names.empty() ? "a stack that has just joined" : names.front()),
                       names};
    }
    if (before != id_of(self_)) facility_->note_change();
    return {};
}

result<> connector::pass_ownership(dvipa const& of, dvipa_owner const& next) {
    auto const updated = facility_->update(
        of, {.step = step_kind::hand_over, .how = patience::wait},
        [&](view& structures) { step::pass_ownership(structures, id_of(self_), next); });
    if (!updated) return updated.error();
    facility_->note_change();
    return {};
}

}  // namespace cf
