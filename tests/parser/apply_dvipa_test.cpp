// What OBEYFILE does with DVIPAs, their distribution and the sharing of their ports.
#include "parser/difference.hpp"
#include "profile_text.hpp"

namespace parser {
namespace {

std::string const xcf = "IPCONFIG DYNAMICXCF 10.1.10.1/24 1\n";
ip_address const d = address("10.1.9.9");

std::string block(std::string const& statements) {
    return "VIPADYNAMIC\n" + statements + "\nENDVIPADYNAMIC\n";
}

configuration distributed() {
    return started(xcf + block("VIPADEFINE 255.255.255.255 10.1.9.9\n"
                               "VIPADISTRIBUTE 10.1.9.9 PORT 80 81 DESTIP ALL"));
}

TEST(vipadynamic, is_processed_after_everything_else) {
    auto const config = started(block("VIPADEFINE 255.255.255.255 10.1.9.9\n"
                                      "VIPADISTRIBUTE 10.1.9.9 PORT 80 DESTIP ALL") +
                                xcf);
    EXPECT_EQ(config.dvipas.size(), 1U);
}

TEST(vipadefine, that_is_identical_is_silently_ignored) {
    auto const again =
        try_apply(distributed(), block("VIPADEFINE MOVE IMMED 255.255.255.255 10.1.9.9"));
    EXPECT_TRUE(again.ok());
    EXPECT_EQ(again.next, distributed());
}

TEST(vipadefine, that_differs_is_refused) {
    EXPECT_EQ(refusal(distributed(), block("VIPADEFINE 255.255.255.0 10.1.9.9")),
              "10.1.9.9 is defined with another mask or MOVEABLE\n");
    EXPECT_NE(refusal(distributed(), block("VIPABACKUP 10.1.9.9")), "");
}

TEST(vipadefine, may_follow_vipadelete_in_the_same_file) {
    auto const config =
        applied(distributed(), block("VIPADELETE 10.1.9.9 VIPADEFINE 255.255.255.0 10.1.9.9"));
    EXPECT_EQ(config.dvipas.at(0).activation->prefix_length, 24);
    EXPECT_TRUE(config.dvipas[0].distributions.empty());
}

TEST(vipadefine, of_an_address_that_is_backed_up_makes_it_the_owner) {
    auto const backup = started(xcf + block("VIPABACKUP 10 10.1.9.9\n"
                                            "VIPADISTRIBUTE 10.1.9.9 PORT 80 DESTIP ALL"));
    auto const owner = applied(backup, block("VIPADEFINE 255.255.255.255 10.1.9.9"));
    ASSERT_EQ(owner.dvipas.size(), 1U);
    EXPECT_EQ(owner.dvipas[0].made_by, dvipa_configuration::origin::define);
    EXPECT_EQ(owner.dvipas[0].distributions, backup.dvipas[0].distributions);
}

TEST(vipabackup, takes_a_new_rank) {
    auto const before = started(block("VIPABACKUP 10 10.1.9.9"));
    EXPECT_EQ(applied(before, block("VIPABACKUP 20 10.1.9.9")).dvipas.at(0).rank, 20);
}

TEST(vipadelete, ends_the_distribution_too) {
    auto const result = try_apply(distributed(), block("VIPADELETE 10.1.9.9"));
    EXPECT_TRUE(result.ok());
    EXPECT_TRUE(result.next.dvipas.empty());
    auto const effects = differences(distributed(), result.next).effects;
    ASSERT_EQ(effects.size(), 1U);
    EXPECT_EQ(effects[0].kind, effect_kind::dvipa_gone);
}

/// Of a method without weights and roles.
distribution_target target(char const* xcf_address) {
    distribution_target result;
    result.xcf = address(xcf_address);
    return result;
}

TEST(vipadistribute, adds_ports_and_targets) {
    auto const before = started(xcf + block("VIPADEFINE 255.255.255.255 10.1.9.9\n"
                                            "VIPADISTRIBUTE 10.1.9.9 PORT 80 DESTIP 10.1.10.1"));
    auto const after =
        applied(before, block("VIPADISTRIBUTE 10.1.9.9 PORT 80 81 DESTIP 10.1.10.2"));
    auto const& all = after.dvipas.at(0).distributions;
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].targets,
              (std::vector<distribution_target>{target("10.1.10.1"), target("10.1.10.2")}));
    EXPECT_EQ(all[1].targets, (std::vector<distribution_target>{target("10.1.10.2")}));
}

TEST(vipadistribute, changes_only_the_options_it_names) {
    auto const before =
        applied(distributed(),
                block("VIPADISTRIBUTE DISTM ROUNDROBIN OPTLOCAL 3 10.1.9.9 PORT 80 DESTIP ALL"));
    auto const after =
        applied(before, block("VIPADISTRIBUTE NOOPTLOCAL 10.1.9.9 PORT 80 DESTIP ALL"));
    EXPECT_EQ(after.dvipas.at(0).distributions.at(0).method, distribution_method::round_robin);
    EXPECT_FALSE(after.dvipas[0].distributions[0].optlocal);
}

TEST(vipadistribute, changes_the_weight_of_a_target_that_is_there) {
    auto const before = applied(distributed(), block("VIPADISTRIBUTE DISTM WEIGHTEDACTIVE 10.1.9.9 "
                                                     "PORT 90 DESTIP 10.1.10.1 10.1.10.2"));
    auto const after =
        applied(before, block("VIPADISTRIBUTE 10.1.9.9 PORT 90 DESTIP 10.1.10.2 WEIGHT 40"));
    EXPECT_EQ(after.dvipas.at(0).distributions.at(2).targets,
              (std::vector<distribution_target>{{address("10.1.10.1"), 10, {}},
                                                {address("10.1.10.2"), 40, {}}}));
}

TEST(vipadistribute, another_method_leaves_nothing_of_hot_standby) {
    auto const before =
        applied(distributed(), block("VIPADISTRIBUTE DISTM HOTSTANDBY NOAUTOSWITCHBACK "
                                     "10.1.9.9 PORT 90 DESTIP 10.1.10.1 PREFERRED "
                                     "10.1.10.2 BACKUP 3"));
    auto const after =
        applied(before, block("VIPADISTRIBUTE DISTM ROUNDROBIN 10.1.9.9 PORT 90 DESTIP 10.1.10.1"));
    auto const& changed = after.dvipas.at(0).distributions.at(2);
    EXPECT_TRUE(changed.switch_back);
    EXPECT_EQ(changed.targets,
              (std::vector<distribution_target>{target("10.1.10.1"), target("10.1.10.2")}));
}

TEST(vipadistribute, the_preferred_target_changes_in_one_statement) {
    auto const before =
        applied(distributed(), block("VIPADISTRIBUTE DISTM HOTSTANDBY 10.1.9.9 PORT 90 "
                                     "DESTIP 10.1.10.1 PREFERRED 10.1.10.2 BACKUP"));
    EXPECT_NE(refusal(before, block("VIPADISTRIBUTE 10.1.9.9 PORT 90 DESTIP 10.1.10.2 PREFERRED")),
              "");
    auto const after = applied(before, block("VIPADISTRIBUTE 10.1.9.9 PORT 90 DESTIP 10.1.10.2 "
                                             "PREFERRED 10.1.10.1 BACKUP"));
    auto const& targets = after.dvipas.at(0).distributions.at(2).targets;
    EXPECT_FALSE(targets.at(0).standby->preferred);
    EXPECT_TRUE(targets.at(1).standby->preferred);
}

TEST(vipadistribute, delete_takes_away_the_ports_it_names) {
    auto const after =
        applied(distributed(), block("VIPADISTRIBUTE DELETE 10.1.9.9 PORT 80 DESTIP ALL"));
    ASSERT_EQ(after.dvipas.at(0).distributions.size(), 1U);
    EXPECT_EQ(after.dvipas[0].distributions[0].ports, (port_range{81, 81}));
}

TEST(viparange, is_most_specific_first) {
    auto const config =
        started(block("VIPARANGE 255.255.0.0 10.1.0.0\n"
                      "VIPARANGE SYSPLEXPORTS 255.255.255.0 10.1.9.0"));
    EXPECT_EQ(config.find_range(d)->network.length, 24);
    EXPECT_TRUE(config.sharing(d));
    EXPECT_FALSE(config.sharing(address("10.1.8.1")));
    auto const less = applied(config, block("VIPARANGE DELETE 255.255.255.0 10.1.9.0"));
    EXPECT_FALSE(less.sharing(d));
}

TEST(viparange, keeps_its_resource_until_it_is_deleted) {
    auto const before = started(block("VIPARANGE 255.255.255.0 10.1.9.0 SAF WEB-RES"));
    EXPECT_EQ(before.ranges.front().saf, "WEB-RES");
    EXPECT_EQ(started(to_profile(before)), before);
    auto const moved = applied(before, block("VIPARANGE MOVE DISRUPT 255.255.255.0 10.1.9.0"));
    EXPECT_EQ(moved.ranges.front().saf, "WEB-RES");
    auto const other = applied(before, block("VIPARANGE 255.255.255.0 10.1.9.0 SAF OTHER"));
    EXPECT_EQ(other.ranges.front().saf, "OTHER");
    auto const anew = applied(applied(before, block("VIPARANGE DELETE 255.255.255.0 10.1.9.0")),
                              block("VIPARANGE 255.255.255.0 10.1.9.0"));
    EXPECT_EQ(anew.ranges.front().saf, std::nullopt);
}

TEST(viparange, takes_a_new_moveable_and_keeps_the_rest) {
    auto const before = started(block("VIPARANGE SYSPLEXPORTS 255.255.255.0 10.1.9.0"));
    auto const after = applied(before, block("VIPARANGE MOVE DISRUPT 255.255.255.0 10.1.9.0"));
    EXPECT_EQ(after.ranges.at(0).moveable, range_move::disruptive);
    EXPECT_TRUE(after.ranges[0].sharing);
}

// claims: X35
TEST(sysplexports, on_any_definition_shares_the_dvipa) {
    for (auto const* text :
         {"VIPADEFINE SYSPLEXPORTS 255.255.255.255 10.1.9.9",
          "VIPABACKUP 10.1.9.9\nVIPADISTRIBUTE SYSPLEXPORTS 10.1.9.9 DESTIP ALL",
          "VIPADEFINE 255.255.255.255 10.1.9.9\n"
          "VIPADISTRIBUTE 10.1.9.9 PORT 80 DESTIP ALL\n"
          "VIPADISTRIBUTE SYSPLEXPORTS 10.1.9.9 PORT 81 DESTIP ALL",
          "VIPADEFINE 255.255.255.255 10.1.9.9\nVIPARANGE SYSPLEXPORTS 255.255.255.0 10.1.9.0"})
        EXPECT_EQ(started(xcf + block(text)).sharing(d), port_sharing()) << text;
    EXPECT_FALSE(distributed().sharing(d));
}

// claims: X35
TEST(sysplexports, in_another_form_on_another_definition_is_refused) {
    auto const shared = distributed();
    EXPECT_EQ(refusal(shared, block("VIPADISTRIBUTE SYSPLEXPORTS LIST 10.1.9.9 PORT 80 DESTIP ALL\n"
                                    "VIPADISTRIBUTE SYSPLEXPORTS 10.1.9.9 PORT 81 DESTIP ALL")),
              "the source ports of 10.1.9.9 are shared with LIST GRAIN 1 already\n");
}

TEST(sysplexports, added_to_each_of_the_statements_switches_sharing_on) {
    for (auto const* text : {"VIPADEFINE SYSPLEXPORTS 255.255.255.255 10.1.9.9",
                             "VIPADISTRIBUTE SYSPLEXPORTS 10.1.9.9 PORT 80 DESTIP ALL",
                             "VIPARANGE SYSPLEXPORTS 255.255.255.0 10.1.9.0"}) {
        auto const result = try_apply(distributed(), block(text));
        EXPECT_EQ(to_text(result.diagnostics), "");
        EXPECT_TRUE(result.next.sharing(d)) << text;
        auto const effects = differences(distributed(), result.next).effects;
        ASSERT_EQ(effects.size(), 1U) << text;
        EXPECT_EQ(effects[0].kind, effect_kind::sharing_on);
        EXPECT_EQ(effects[0].address, d);
    }
}

TEST(sysplexports, left_out_of_a_statement_given_again_changes_nothing) {
    auto const shared =
        applied(distributed(), block("VIPADEFINE SYSPLEXP 255.255.255.255 10.1.9.9"));
    for (auto const* text :
         {"VIPADEFINE 255.255.255.255 10.1.9.9", "VIPADISTRIBUTE 10.1.9.9 PORT 80 DESTIP ALL"}) {
        auto const result = try_apply(shared, block(text));
        EXPECT_TRUE(result.ok());
        EXPECT_EQ(result.next, shared) << text;
    }
}

TEST(nosysplexports, on_one_definition_switches_off_all_of_them) {
    auto const shared =
        started(xcf + block("VIPADEFINE SYSPLEXPORTS 255.255.255.255 10.1.9.9\n"
                            "VIPADISTRIBUTE SYSPLEXPORTS 10.1.9.9 PORT 80 DESTIP ALL"));
    for (auto const* text : {"VIPADEFINE NOSYSPLEXPORTS 255.255.255.255 10.1.9.9",
                             "VIPADISTRIBUTE NOSYSPLEXPORTS 10.1.9.9 PORT 80 DESTIP ALL"}) {
        auto const result = try_apply(shared, block(text));
        EXPECT_EQ(to_text(result.diagnostics), "");
        EXPECT_FALSE(result.next.sharing(d)) << text;
        auto const effects = differences(shared, result.next).effects;
        ASSERT_EQ(effects.size(), 1U);
        EXPECT_EQ(effects[0].kind, effect_kind::sharing_off);
    }
}

TEST(nosysplexports, says_when_a_range_still_shares_the_dvipa) {
    auto const shared =
        started(block("VIPADEFINE SYSPLEXPORTS 255.255.255.255 10.1.9.9\n"
                      "VIPARANGE SYSPLEXPORTS 255.255.255.0 10.1.9.0"));
    auto const result =
        try_apply(shared, block("VIPADEFINE NOSYSPLEXPORTS 255.255.255.255 10.1.9.9"));
    EXPECT_TRUE(result.ok());
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_EQ(result.diagnostics[0].level, severity::warning);
    EXPECT_TRUE(result.next.sharing(d));
}

TEST(an_ipv6_dvipa, is_known_by_its_interface) {
    auto const before = started("IPCONFIG6 DYNAMICXCF 2001:db8:10::1/64\n" +
                                block("VIPADEFINE SYSPLEXPORTS D6 2001:db8:9::1/64\n"
                                      "VIPADISTRIBUTE D6 PORT 80 DESTIP ALL"));
    ASSERT_EQ(before.dvipas.size(), 1U);
    EXPECT_EQ(before.dvipas[0].activation->prefix_length, 64);
    EXPECT_EQ(before.sharing(address("2001:db8:9::1")), port_sharing());
    EXPECT_EQ(before.address_of("D6"), address("2001:db8:9::1"));
    EXPECT_NE(refusal(before, block("VIPADEFINE D6 2001:db8:9::2")), "");
    EXPECT_NE(refusal(before, "INTERFACE D6 DEFINE VIRTUAL6 IPADDR 2001:db8::1"), "");
    EXPECT_TRUE(applied(before, block("VIPADELETE D6")).dvipas.empty());
    EXPECT_EQ(refusal(before, block("VIPADELETE D7")), "D7 is the interface of no IPv6 DVIPA\n");
    EXPECT_TRUE(applied(before, block("VIPADISTRIBUTE DELETE D6 PORT 80 DESTIP ALL"))
                    .dvipas[0]
                    .distributions.empty());
}

TEST(an_ipv6_dvipa, is_distributed_over_the_xcf_addresses_of_ipconfig6) {
    auto const before = started(xcf + block("VIPADEFINE D6 2001:db8:9::1"));
    EXPECT_EQ(refusal(before, block("VIPADISTRIBUTE D6 PORT 80 DESTIP ALL")),
              "VIPADISTRIBUTE needs IPCONFIG6 DYNAMICXCF\n");
}

}  // namespace
}  // namespace parser
