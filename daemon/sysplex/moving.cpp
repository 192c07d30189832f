#include "daemon/sysplex/moving.hpp"

#include "daemon/sysplex/claims.hpp"

#include <algorithm>

namespace tcpplexd {

using role = stack::dvipa_settings::role;

std::vector<stack::dvipa_settings> still_moving(
    std::vector<stack::dvipa_settings> const& before, std::vector<stack::dvipa_settings> const& now,
    std::vector<group_member> const& members,
    std::function<bool(stack::address const&)> const& uses) {
    std::vector<stack::dvipa_settings> result;
    auto const& self = members.front();
    if (!self.definitions.joined) return result;
    for (auto const& each : before) {
        bool const has_part = std::any_of(
            now.begin(), now.end(), [&](auto const& other) { return other.host == each.host; });
        if (has_part) continue;
        bool const deleted =
            each.part == role::owner && self.definitions.find(each.host) == nullptr;
        auto const* const owner = owner_of(each.host, members);
        bool const has_owner = owner != nullptr && owner->id.valid();
        bool const reachable = has_owner || claimant(each.host, members) != nullptr;
        if (deleted || !reachable || !uses(each.host)) continue;
        auto& moving = result.emplace_back();
        moving.host = each.host;
        moving.prefix_length = each.prefix_length;
        moving.part = role::moving;
        if (has_owner && owner != &self) moving.owner = owner->id;
    }
    return result;
}

}  // namespace tcpplexd
