#include "daemon/sysplex/roles.hpp"

#include <algorithm>
#include <utility>

namespace tcpplexd {

namespace {

/// Those of the group that it names, in the order in which it does.
std::vector<stack::distribution_target> targets_of(distribution const& from,
                                                   stack::address const& dvipa,
                                                   std::vector<group_member> const& members) {
    std::vector<stack::distribution_target> result;
    auto const add = [&](stack::address const& xcf, stack::distribution_target as) {
        for (auto const& member : members) {
            auto const& its = member.definitions.xcf_for(dvipa);
            if (its.is_unspecified() || (its != xcf && !from.to_all)) continue;
            // Another stack's list may name one twice.
            bool const is_there = std::any_of(result.begin(), result.end(), [&](auto const& each) {
                return each.who == member.id;
            });
            if (is_there) continue;
            as.who = member.id;
            result.push_back(as);
        }
    };
    if (from.to_all) add({}, {});
    for (auto const& each : from.targets)
        if (!from.to_all) add(each.xcf, {{}, each.weight, each.preferred, each.rank});
    return result;
}

stack::distribution_settings settings_of(distribution const& from, stack::address const& dvipa,
                                         std::vector<group_member> const& members) {
    stack::distribution_settings result;
    result.first_port = from.first_port;
    result.last_port = from.last_port;
    result.method = from.method;
    result.switch_back = from.switch_back;
    result.health_switch = from.health_switch;
    result.affinity = std::chrono::seconds(from.affinity_seconds);
    result.opt_local = from.opt_local;
    result.targets = targets_of(from, dvipa, members);
    return result;
}

stack::dvipa_settings role_of(group_member const& self, group_member const& owner,
                              dvipa_definition const& definition,
                              std::vector<group_member> const& members) {
    stack::dvipa_settings result;
    result.host = definition.host;
    result.prefix_length = definition.prefix_length;
    result.owner = owner.id;
    result.part = owner.id == self.id ? stack::dvipa_settings::role::owner
                                      : stack::dvipa_settings::role::target;
    for (auto const& each : definition.distributions)
        result.distributions.push_back(settings_of(each, definition.host, members));
    return result;
}

}  // namespace

group_member const* owner_of(stack::address const& dvipa,
                             std::vector<group_member> const& members) {
    auto const found = std::find_if(members.begin(), members.end(), [&](auto const& member) {
        return member.owned.contains(dvipa);
    });
    return found == members.end() ? nullptr : &*found;
}

std::vector<stack::dvipa_settings> roles(stack::member_id self,
                                         std::vector<group_member> const& members) {
    auto const me = std::find_if(members.begin(), members.end(),
                                 [&](auto const& member) { return member.id == self; });
    std::vector<stack::dvipa_settings> result;
    if (me == members.end() || !me->definitions.joined) return result;
    for (auto const& member : members) {
        for (auto const& definition : member.definitions.dvipas) {
            if (!member.owned.contains(definition.host)) continue;
            auto role = role_of(*me, member, definition, members);
            if (member.id == self || role.is_target(self)) result.push_back(std::move(role));
        }
    }
    return result;
}

}  // namespace tcpplexd
