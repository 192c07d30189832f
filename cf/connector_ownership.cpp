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

dvipa_owner connector::owner(dvipa const& of) const {
    return facility_->owner(of);
}

result<> connector::take_ownership(dvipa const& of) {
    if (auto const now = state(); now != lease_state::active) return refused_by_lease(of, now);
    auto const members = facility_->members();
    std::vector<dvipa_owner> living;
    // Afar a proof of life may only be missing from this stack's copy: who is dead has been
    // recovered.
    for (auto const& each : members)
        if (facility_->is_remote() || facility_->alive(each)) living.push_back(id_of(each));
    if (auto const me = id_of(self_); std::find(living.begin(), living.end(), me) == living.end())
        living.push_back(me);
    step::outcome<> taken;
    dvipa_owner before;
    want asked{.step = step_kind::take_over, .how = patience::wait, .create = true};
    auto const updated = facility_->update(of, asked, [&](view& structures) {
        before = structures.owner();
        taken = step::take_ownership(structures, id_of(self_), living);
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
