#include "daemon/sysplex/roles.hpp"

#include <algorithm>

namespace tcpplexd {

namespace {

bool is_target(dvipa_definition const& definition, group_member const& member) {
    auto const& xcf = member.definitions.xcf_for(definition.host);
    if (xcf.is_unspecified()) return false;
    return std::any_of(definition.distributions.begin(), definition.distributions.end(),
                       [&](distribution const& each) {
                           return each.to_all || std::find(each.targets.begin(), each.targets.end(),
                                                           xcf) != each.targets.end();
                       });
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
    result.distributed = !definition.distributions.empty();
    for (auto const& each : definition.distributions)
        result.distributed_ports.insert(result.distributed_ports.end(), each.ports.begin(),
                                        each.ports.end());
    std::sort(result.distributed_ports.begin(), result.distributed_ports.end());
    for (auto const& member : members)
        if (is_target(definition, member)) result.targets.push_back(member.id);
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
            if (member.id == self || is_target(definition, *me))
                result.push_back(role_of(*me, member, definition, members));
        }
    }
    return result;
}

}  // namespace tcpplexd
