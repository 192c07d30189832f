#include "daemon/sysplex/vipa_routes.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

using status = vipa_route_state::kind;

stack::address at(char const* text) {
    return *stack::address::parse(text);
}

/// This stack, an owner, and two targets that it has VIPAROUTEs to.
struct vipa_routes_of_a_group : testing::Test {
    vipa_routes_of_a_group() {
        for (std::uint16_t i = 0; i < 3; ++i) {
            auto& member = members.emplace_back();
            member.id = {i, 7};
            member.definitions.dynamic_xcf = at(("10.1.100." + std::to_string(i + 1)).c_str());
            member.definitions.homes = {at(("10.1." + std::to_string(i + 1) + ".2").c_str())};
        }
        members[0].definitions.vipa_routes = {{at("10.1.100.1"), at("10.1.1.2")},
                                              {at("10.1.100.2"), at("10.1.2.2")},
                                              {at("10.1.100.3"), at("10.9.3.2")},
                                              {at("10.1.100.4"), at("10.1.4.2")}};
        settings.interfaces.resize(2);
        settings.interfaces[0].type = stack::interface_settings::kind::loopback;
        settings.interfaces[1].host = at("10.1.1.2");
        settings.routes = {{{at("10.1.0.0"), 16}, {}, 1, 0}};
        auto& dvipa = settings.dvipas.emplace_back();
        dvipa.host = at("10.1.9.9");
        dvipa.distributions.resize(1);
        for (auto const& each : members)
            dvipa.distributions[0].targets.push_back({each.id});
    }

    std::vector<group_member> members;
    stack::settings settings;
};

TEST_F(vipa_routes_of_a_group, are_active_with_a_stack_and_a_route) {
    std::vector<status> found;
    for (auto const& each : vipa_route_states(settings, members))
        found.push_back(each.status);
    EXPECT_EQ(found,
              (std::vector{status::active, status::active, status::inactive, status::defined}));
}

TEST_F(vipa_routes_of_a_group, become_tunnels_to_the_others) {
    add_vipa_routes(settings, members, mss_adjustment::automatic);
    ASSERT_EQ(settings.tunnels.size(), 2U);
    EXPECT_EQ(settings.tunnels[0].to, members[1].id);
    EXPECT_EQ(settings.tunnels[0].via, at("10.1.2.2"));
}

TEST_F(vipa_routes_of_a_group, without_a_route_take_the_target_out) {
    add_vipa_routes(settings, members, mss_adjustment::automatic);
    auto const& targets = settings.dvipas[0].distributions[0].targets;
    ASSERT_EQ(targets.size(), 2U);
    EXPECT_EQ(targets[0].who, members[0].id);
    EXPECT_EQ(targets[1].who, members[1].id);
}

TEST_F(vipa_routes_of_a_group, take_no_target_out_of_what_another_stack_owns) {
    settings.dvipas[0].part = stack::dvipa_settings::role::target;
    add_vipa_routes(settings, members, mss_adjustment::automatic);
    EXPECT_EQ(settings.dvipas[0].distributions[0].targets.size(), 3U);
}

TEST_F(vipa_routes_of_a_group, may_come_from_the_homes_of_those_that_are_there) {
    members[2].id = {};  // gone
    add_vipa_routes(settings, members, mss_adjustment::automatic);
    ASSERT_EQ(settings.tunnel_sources.size(), 1U);
    EXPECT_EQ(settings.tunnel_sources[0].host, at("10.1.2.2"));
    EXPECT_EQ(settings.tunnel_sources[0].who, members[1].id);
}

TEST_F(vipa_routes_of_a_group, make_room_where_another_stack_has_one_to_here) {
    auto const overhead = [&](mss_adjustment how) {
        auto copy = settings;
        add_vipa_routes(copy, members, how);
        return copy.dvipas[0].tunnel_overhead;
    };
    EXPECT_EQ(overhead(mss_adjustment::automatic), 0);  // its own lead elsewhere
    EXPECT_EQ(overhead(mss_adjustment::all), 24);
    members[2].definitions.vipa_routes = {{at("10.1.100.1"), at("10.1.1.2")}};
    EXPECT_EQ(overhead(mss_adjustment::automatic), 24);
    EXPECT_EQ(overhead(mss_adjustment::none), 0);
    settings.dvipas[0].distributions.clear();
    EXPECT_EQ(overhead(mss_adjustment::automatic), 0);
    EXPECT_EQ(overhead(mss_adjustment::all), 24);
}

}  // namespace
}  // namespace tcpplexd
