#include "daemon/sysplex/vipa_routes.hpp"

#include "stack/ip/encapsulation.hpp"
#include "stack/ip/routes.hpp"

#include <algorithm>

namespace tcpplexd {

namespace {

/// The stack that has the XCF address now, or nullptr.
group_member const* stack_at(stack::address const& xcf, std::vector<group_member> const& members) {
    auto const found = std::find_if(members.begin(), members.end(), [&](auto const& each) {
        return each.id.valid() && each.definitions.xcf_for(xcf) == xcf;
    });
    return found == members.end() ? nullptr : &*found;
}

std::vector<stack::tunnel_source> sources_of(std::vector<group_member> const& members) {
    std::vector<stack::tunnel_source> result;
    for (std::size_t i = 1; i < members.size(); ++i)
        for (auto const& home : members[i].definitions.homes)
            if (members[i].id.valid()) result.push_back({home, members[i].id});
    std::stable_sort(result.begin(), result.end(),
                     [](auto const& a, auto const& b) { return a.host < b.host; });
    return result;
}

/// Whether another stack has a VIPAROUTE to this one, for DVIPAs of the family of `dvipa`.
bool is_tunnelled(std::vector<group_member> const& members, stack::address const& dvipa) {
    auto const& own = members.front().definitions.xcf_for(dvipa);
    if (own.is_unspecified()) return false;
    return std::any_of(members.begin() + 1, members.end(), [&](group_member const& each) {
        auto const& routes = each.definitions.vipa_routes;
        return std::any_of(routes.begin(), routes.end(),
                           [&](vipa_route const& route) { return route.xcf == own; });
    });
}

bool makes_room(stack::dvipa_settings const& dvipa, std::vector<group_member> const& members,
                mss_adjustment how) {
    switch (how) {
        case mss_adjustment::automatic:
            return !dvipa.distributions.empty() && is_tunnelled(members, dvipa.host);
        case mss_adjustment::all:
            return true;
        case mss_adjustment::none:
            break;
    }
    return false;
}

void remove_target(stack::dvipa_settings& from, stack::member_id who) {
    for (auto& rule : from.distributions)
        std::erase_if(rule.targets, [&](auto const& each) { return each.who == who; });
}

}  // namespace

std::vector<vipa_route_state> vipa_route_states(stack::settings const& of,
                                                std::vector<group_member> const& members) {
    stack::ip::routes routes({});
    routes.configure(of);
    std::vector<vipa_route_state> result;
    for (auto const& each : members.front().definitions.vipa_routes) {
        using kind = vipa_route_state::kind;
        auto const* const there = stack_at(each.xcf, members);
        bool const own = there == &members.front();
        bool const has_route = own || routes.find({}, each.via).has_value();
        result.push_back({each, there == nullptr ? kind::defined
                                : has_route      ? kind::active
                                                 : kind::inactive});
    }
    return result;
}

void add_vipa_routes(stack::settings& to, std::vector<group_member> const& members,
                     mss_adjustment how) {
    to.tunnel_sources = sources_of(members);
    for (auto const& each : vipa_route_states(to, members)) {
        auto const* const there = stack_at(each.route.xcf, members);
        if (there == nullptr || there == &members.front()) continue;
        to.tunnels.push_back({there->id, each.route.via});
        if (each.status != vipa_route_state::kind::inactive) continue;
        for (auto& dvipa : to.dvipas)
            if (dvipa.part == stack::dvipa_settings::role::owner &&
                dvipa.host.is_v4() == each.route.via.is_v4())
                remove_target(dvipa, there->id);
    }
    for (auto& dvipa : to.dvipas)
        if (makes_room(dvipa, members, how))
            dvipa.tunnel_overhead =
                static_cast<std::uint8_t>(stack::ip::encapsulation_overhead(dvipa.host.is_v4()));
}

}  // namespace tcpplexd
