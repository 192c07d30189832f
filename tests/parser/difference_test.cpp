// What lies between two configurations.
#include "parser/difference.hpp"

#include "generated_profile.hpp"
#include "profile_text.hpp"

#include <random>
#include <set>

namespace parser {
namespace {

std::string const base =
    "INTERFACE OSA1 DEFINE IPAQENET PORTNAME P1 IPADDR 10.1.1.1/24\n"
    "INTERFACE OSA2 DEFINE IPAQENET PORTNAME P2 IPADDR 10.1.2.1/24\n"
    "IPCONFIG DYNAMICXCF 10.1.10.1/24 1\n"
    "PORT 80 TCP WEB\n"
    "BEGINROUTES ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1500 ENDROUTES\n"
    "VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.9 ENDVIPADYNAMIC\n"
    "START OSA1 START OSA2\n";

std::string difference_after(std::string const& change) {
    auto const before = started(base);
    return to_text(differences(before, applied(before, change)));
}

TEST(a_difference, of_a_configuration_to_itself_is_nothing) {
    EXPECT_EQ(difference_after(""), "");
    EXPECT_EQ(difference_after("PORT 80 TCP WEB\nSOMAXCONN 1024"), "");
}

TEST(a_difference, is_what_was_added_removed_and_changed_as_a_profile_has_it) {
    EXPECT_EQ(difference_after("PORT 81 TCP WEB2\nTCPCONFIG NODELAYACKS\n"
                               "DELETE PORT 80 TCP WEB"),
              "- TCPCONFIG DELAYACKS\n+ TCPCONFIG NODELAYACKS\n"
              "- PORT 80 TCP WEB\n+ PORT 81 TCP WEB2\n");
}

TEST(a_difference, shows_a_port_whose_options_changed) {
    auto const before = started(base);
    auto const noted = parse_text("PORT 80 TCP WEB NODELAYACKS").profile;
    auto const after = apply(before, noted, phase::obeyfile).next;
    EXPECT_EQ(to_text(differences(before, after)),
              "- PORT 80 TCP WEB\n+ PORT 80 TCP WEB NODELAYACKS\n");
}

TEST(a_difference, tells_the_routes_that_a_new_block_leaves_out) {
    EXPECT_EQ(difference_after("BEGINROUTES ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1400\n"
                               "ROUTE 10.5.0.0/16 = OSA2 MTU 1500 ENDROUTES"),
              "- ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1500\n+ ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1400\n"
              "+ ROUTE 10.5.0.0/16 = OSA2 MTU 1500\n");
}

TEST(a_difference, says_which_addresses_go) {
    EXPECT_EQ(difference_after("VIPADYNAMIC VIPADELETE 10.1.9.9 ENDVIPADYNAMIC"),
              "- VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.255 10.1.9.9\n"
              "  10.1.9.9 is given up: its connections end, unless another stack has it\n");
}

TEST(a_difference, says_which_interfaces_stop_and_start) {
    EXPECT_EQ(difference_after("STOP OSA2"),
              "- START OSA2\n  interface OSA2 stops: no packet goes in or out by it\n");
}

TEST(a_difference, says_whose_source_ports_are_shared) {
    EXPECT_EQ(difference_after("VIPADYNAMIC VIPADEFINE SYSPLEXPORTS 255.255.255.255 10.1.9.9 "
                               "ENDVIPADYNAMIC"),
              "- VIPADEFINE MOVEABLE IMMEDIATE 255.255.255.255 10.1.9.9\n"
              "+ VIPADEFINE SYSPLEXPORTS MOVEABLE IMMEDIATE 255.255.255.255 10.1.9.9\n"
              "  source ports of 10.1.9.9 are shared, BITMAP GRAIN 1: its connections are "
              "adopted\n");
}

TEST(a_difference, is_json_too) {
    auto const before = started(base);
    auto const json = to_json(differences(before, applied(before, "STOP OSA2 PORT 81 TCP W")));
    EXPECT_EQ(json.at("changes").at(0).at("after"), "PORT 81 TCP W");
    EXPECT_FALSE(json.at("changes").at(0).as_object().contains("before"));
    EXPECT_EQ(json.at("changes").at(1).at("before"), "START OSA2");
    EXPECT_EQ(json.at("effects").at(0).at("kind"), "interfaceStopped");
}

TEST(a_difference, of_any_two_leads_from_one_to_the_other) {
    std::uint32_t const seed = std::random_device()();
    for (std::uint32_t i = 0; i < 200; ++i) {
        auto const make = [](std::uint32_t number) {
            return apply({}, parse_text(generated_profile(number).text()).profile, phase::initial);
        };
        auto const a = make(seed + 2 * i);
        auto const b = make(seed + 2 * i + 1);
        if (!a.ok() || !b.ok()) continue;
        auto const forth = differences(a.next, b.next);
        auto const back = differences(b.next, a.next);
        EXPECT_EQ(forth.changes.empty(), a.next == b.next) << "seed " << seed << " step " << i;
        std::multiset<std::string> gone, come, gone_back, come_back;
        for (auto const& each : forth.changes) {
            gone.insert(each.before);
            come.insert(each.after);
        }
        for (auto const& each : back.changes) {
            gone_back.insert(each.before);
            come_back.insert(each.after);
        }
        EXPECT_EQ(gone, come_back) << "seed " << seed << " step " << i;
        EXPECT_EQ(come, gone_back) << "seed " << seed << " step " << i;
    }
}

}  // namespace
}  // namespace parser
