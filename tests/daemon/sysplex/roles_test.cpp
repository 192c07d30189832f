#include "daemon/sysplex/roles.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

using role = stack::dvipa_settings::role;

stack::address at(char const* text) {
    return *stack::address::parse(text);
}

group_member member(std::uint16_t slot, std::uint32_t incarnation, char const* xcf) {
    group_member result;
    result.id = {slot, incarnation};
    result.name = "TCPIP" + std::to_string(slot + 1);
    result.system = "SYS" + std::to_string(slot + 1);
    if (xcf != nullptr) result.definitions.dynamic_xcf = at(xcf);
    return result;
}

dvipa_definition distributed(char const* host, std::vector<std::uint16_t> const& ports,
                             std::vector<stack::address> const& targets = {}) {
    dvipa_definition result;
    result.host = at(host);
    for (auto const port : ports) {
        auto& each = result.distributions.emplace_back();
        each.first_port = each.last_port = port;
        each.to_all = targets.empty();
        for (auto const& target : targets)
            each.targets.emplace_back().xcf = target;
    }
    return result;
}

std::vector<stack::member_id> targets_of(stack::dvipa_settings const& from, std::uint16_t port) {
    std::vector<stack::member_id> result;
    for (auto const& each : from.distribution_of(port)->targets)
        result.push_back(each.who);
    return result;
}

/// Defines it, and owns it.
void give(group_member& to, dvipa_definition const& what) {
    to.definitions.dvipas.push_back(what);
    to.owned.insert(what.host);
}

struct roles_of_a_group : testing::Test {
    std::vector<group_member> members{member(0, 1, "10.1.10.1"), member(1, 2, "10.1.10.2"),
                                      member(2, 3, nullptr)};
};

TEST_F(roles_of_a_group,
       the_definer_owns_and_destip_all_makes_every_stack_with_dynamic_xcf_a_target) {
    give(members[0], distributed("10.1.9.9", {8080, 7}));

    auto const owner = roles({0, 1}, members);
    ASSERT_EQ(owner.size(), 1U);
    EXPECT_EQ(owner[0].part, role::owner);
    ASSERT_EQ(owner[0].distributions.size(), 2U);
    EXPECT_TRUE(owner[0].serves(7));
    EXPECT_TRUE(owner[0].serves(8080));
    EXPECT_FALSE(owner[0].serves(8081));
    EXPECT_EQ(targets_of(owner[0], 7), (std::vector<stack::member_id>{{0, 1}, {1, 2}}));

    auto const target = roles({1, 2}, members);
    ASSERT_EQ(target.size(), 1U);
    EXPECT_EQ(target[0].part, role::target);
    EXPECT_EQ(target[0].owner, (stack::member_id{0, 1}));

    EXPECT_TRUE(roles({2, 3}, members).empty())
        << "without a dynamic XCF address a stack is no target";
}

TEST_F(roles_of_a_group, a_list_of_targets_leaves_the_others_out) {
    give(members[0], distributed("10.1.9.9", {7}, {at("10.1.10.2")}));
    EXPECT_EQ(roles({1, 2}, members).size(), 1U);
    auto const owner = roles({0, 1}, members);
    EXPECT_EQ(targets_of(owner[0], 7), (std::vector<stack::member_id>{{1, 2}}));
}

TEST_F(roles_of_a_group, ports_of_one_dvipa_have_targets_of_their_own) {
    auto both = distributed("10.1.9.9", {80}, {at("10.1.10.1")});
    both.distributions.push_back(
        distributed("10.1.9.9", {443}, {at("10.1.10.2")}).distributions[0]);
    give(members[0], both);
    auto const owner = roles({0, 1}, members);
    EXPECT_EQ(targets_of(owner.at(0), 80), (std::vector<stack::member_id>{{0, 1}}));
    EXPECT_EQ(targets_of(owner.at(0), 443), (std::vector<stack::member_id>{{1, 2}}));
}

TEST_F(roles_of_a_group, who_is_named_twice_is_one_target) {
    give(members[0],
         distributed("10.1.9.9", {80}, {at("10.1.10.2"), at("10.1.10.1"), at("10.1.10.2")}));
    EXPECT_EQ(targets_of(roles({0, 1}, members).at(0), 80),
              (std::vector<stack::member_id>{{1, 2}, {0, 1}}));
}

TEST_F(roles_of_a_group, weights_and_roles_are_those_of_the_addresses_in_their_order) {
    auto weighed = distributed("10.1.9.9", {80}, {at("10.1.10.2"), at("10.1.10.1")});
    weighed.distributions[0].targets[0].weight = 30;
    weighed.distributions[0].targets[1].preferred = true;
    give(members[0], weighed);
    auto const owner = roles({0, 1}, members);
    EXPECT_EQ(
        owner.at(0).distributions.at(0).targets,
        (std::vector<stack::distribution_target>{{{1, 2}, 30, false, 1}, {{0, 1}, 10, true, 1}}));
}

TEST_F(roles_of_a_group, a_backup_alone_gives_no_role) {
    dvipa_definition backup;
    backup.host = at("10.1.9.9");
    backup.origin = dvipa_definition::kind::backup;
    members[1].definitions.dvipas.push_back(backup);
    EXPECT_TRUE(roles({1, 2}, members).empty());
    EXPECT_EQ(owner_of(at("10.1.9.9"), members), nullptr);
}

TEST_F(roles_of_a_group, a_stack_that_has_left_the_group_has_none) {
    give(members[0], distributed("10.1.9.9", {7}));
    members[1].definitions.joined = false;
    EXPECT_TRUE(roles({1, 2}, members).empty());
}

TEST_F(roles_of_a_group, a_departed_owner_leaves_its_targets_the_address_without_an_owner) {
    give(members[0], distributed("10.1.9.9", {7}));
    members[0].id = {0xffff, 0xffffffff};
    auto const target = roles({1, 2}, members);
    ASSERT_EQ(target.size(), 1U);
    EXPECT_FALSE(target[0].owner.valid());
    EXPECT_EQ(target[0].part, role::target);
}

TEST_F(roles_of_a_group, a_new_owner_distributes_what_a_departed_one_did) {
    give(members[0], distributed("10.1.9.9", {7}));
    members[0].id = {0xffff, 0xffffffff};
    members[0].owned.clear();
    give(members[2], distributed("10.1.9.9", {7}));
    auto const target = roles({1, 2}, members);
    ASSERT_EQ(target.size(), 1U);
    EXPECT_EQ(target[0].owner, (stack::member_id{2, 3}));
}

TEST_F(roles_of_a_group, an_ipv6_dvipa_goes_to_the_stacks_with_ipv6_dynamic_xcf) {
    members[1].definitions.dynamic_xcf6 = at("2001:db8:10::2");
    give(members[0], distributed("2001:db8:9::1", {80}));

    EXPECT_EQ(targets_of(roles({0, 1}, members).at(0), 80),
              (std::vector<stack::member_id>{{1, 2}}));
    ASSERT_EQ(roles({1, 2}, members).size(), 1U);
    EXPECT_TRUE(roles({2, 3}, members).empty());
}

}  // namespace
}  // namespace tcpplexd
