// What OBEYFILE does with interfaces, routes, settings and ports.
#include "profile_text.hpp"

namespace parser {
namespace {

std::string const one_interface = "INTERFACE OSA1 DEFINE IPAQENET PORTNAME P1 IPADDR 10.1.1.1/24\n";

TEST(an_interface, is_started_by_start_wherever_it_stands) {
    auto const config = started("START OSA1\n" + one_interface);
    ASSERT_EQ(config.interfaces.size(), 1U);
    EXPECT_TRUE(config.interfaces[0].started);
    EXPECT_FALSE(started(one_interface).interfaces[0].started);
}

TEST(an_interface, is_stopped_after_it_was_started_in_the_same_file) {
    auto const result = try_apply(started(one_interface), "STOP OSA1 START OSA1");
    EXPECT_TRUE(result.ok());
    EXPECT_FALSE(result.next.interfaces[0].started);
}

TEST(an_interface, that_is_virtual_needs_no_start) {
    EXPECT_TRUE(started("INTERFACE V DEFINE VIRTUAL IPADDR 10.2.0.1").interfaces[0].started);
}

TEST(an_interface, is_not_defined_twice) {
    EXPECT_EQ(refusal(started(one_interface), one_interface),
              "interface OSA1 is already defined\n");
}

TEST(beginroutes, replaces_all_routes_the_first_time_and_adds_after_that) {
    auto const before =
        started(one_interface + "BEGINROUTES ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1500 ENDROUTES");
    auto const after = applied(before,
                               "BEGINROUTES ROUTE 10.5.0.0/16 = OSA1 MTU 1500 ENDROUTES\n"
                               "BEGINROUTES ROUTE 10.6.0.0/16 = OSA1 MTU 1500 ENDROUTES");
    ASSERT_EQ(after.routes.size(), 2U);
    EXPECT_EQ(after.routes[0].destination.to_string(), "10.5.0.0/16");
    EXPECT_EQ(after.routes[1].destination.to_string(), "10.6.0.0/16");
    EXPECT_TRUE(applied(before, "BEGINROUTES ENDROUTES").routes.empty());
    EXPECT_EQ(applied(before, "SOMAXCONN 7").routes, before.routes);
}

TEST(beginroutes, with_the_routes_there_are_changes_nothing) {
    std::string const routes = "BEGINROUTES ROUTE DEFAULT = OSA1 MTU 1500 ENDROUTES";
    auto const before = started(one_interface + routes);
    EXPECT_EQ(applied(before, routes), before);
}

TEST(several_routes, to_one_destination_are_allowed) {
    auto const config = started(one_interface +
                                "BEGINROUTES ROUTE DEFAULT 10.1.1.253 OSA1 MTU 1500\n"
                                "ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1500 ENDROUTES");
    EXPECT_EQ(config.routes.size(), 2U);
}

TEST(ipconfig, changes_only_the_parameters_it_names_and_the_last_wins) {
    auto const before = started("IPCONFIG SOURCEVIPA TTL 30 NODATAGRAMFWD");
    auto const after = applied(before, "IPCONFIG TTL 31 IPCONFIG TTL 32");
    EXPECT_TRUE(after.ip.source_vipa);
    EXPECT_FALSE(after.ip.forwarding);
    EXPECT_EQ(after.ip.ttl, 32);
}

TEST(ipconfig, forwards_datagrams_by_default) {
    EXPECT_TRUE(started("SOMAXCONN 5").ip.forwarding);
}

TEST(tcpstacksourcevipa, stays_off_without_sourcevipa) {
    auto const result = try_apply({}, "IPCONFIG TCPSTACKSOURCEVIPA 10.1.9.9");
    EXPECT_TRUE(result.ok());
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_EQ(result.diagnostics[0].level, severity::warning);
    EXPECT_FALSE(result.next.ip.tcp_stack_source_vipa);
    auto const both = started("IPCONFIG TCPSTACKSOURCEVIPA 10.1.9.9 IPCONFIG SOURCEVIPA");
    EXPECT_EQ(both.ip.tcp_stack_source_vipa, address("10.1.9.9"));
    EXPECT_FALSE(applied(both, "IPCONFIG NOTCPSTACKSOURCEVIPA").ip.tcp_stack_source_vipa);
}

TEST(dynamicxcf, can_be_added_later_and_not_changed_while_running) {
    auto const before = applied({}, "IPCONFIG DYNAMICXCF 10.1.10.1/24 1");
    EXPECT_EQ(before.ip.xcf, (dynamic_xcf{address("10.1.10.1"), 24, 1}));
    EXPECT_EQ(applied(before, "IPCONFIG DYNAMICXCF 10.1.10.1 255.255.255.0 1"), before);
    EXPECT_EQ(refusal(before, "IPCONFIG DYNAMICXCF 10.1.10.2/24 1"),
              "DYNAMICXCF can't be changed while the stack runs\n");
    EXPECT_EQ(refusal(before, "IPCONFIG NODYNAMICXCF"),
              "DYNAMICXCF can't be changed while the stack runs\n");
}

TEST(ipconfig6, is_apart_from_ipconfig) {
    auto const before = started("IPCONFIG6 SOURCEVIPA HOPLIMIT 30 IPCONFIG TTL 31");
    auto const after = applied(before, "IPCONFIG6 MULTIPATH NODATAGRAMFWD");
    EXPECT_TRUE(after.ip6.source_vipa);
    EXPECT_TRUE(after.ip6.multipath);
    EXPECT_FALSE(after.ip6.forwarding);
    EXPECT_EQ(after.ip6.hop_limit, 30);
    EXPECT_EQ(after.ip, before.ip);
    EXPECT_FALSE(after.has_ipv6()) << "there is no address yet";
}

TEST(tcpstacksourcevipa, of_ipv6_names_an_interface_or_a_dvipa_s) {
    EXPECT_EQ(started("IPCONFIG6 SOURCEVIPA TCPSTACKSOURCEVIPA D6\n"
                      "VIPADYNAMIC VIPADEFINE D6 2001:db8::9 ENDVIPADYNAMIC")
                  .ip6.tcp_stack_source_vipa,
              "D6");
    auto const none = try_apply({}, "IPCONFIG6 SOURCEVIPA TCPSTACKSOURCEVIPA D6");
    ASSERT_EQ(none.diagnostics.size(), 1U);
    EXPECT_EQ(none.diagnostics[0].level, severity::warning);
}

TEST(tcpconfig, changes_only_the_parameters_it_names) {
    auto const before = started("TCPCONFIG EPHEMERALPORTS 2000 3000 TCPSENDBFRSIZE 64K");
    auto const after = applied(before, "TCPCONFIG TIMEWAITINTERVAL 5 SOMAXCONN 7");
    EXPECT_EQ(after.tcp.ephemeral, (port_range{2000, 3000}));
    EXPECT_EQ(after.tcp.send_buffer, 65536U);
    EXPECT_EQ(after.tcp.time_wait_seconds, 5U);
    EXPECT_EQ(after.tcp.somaxconn, 7U);
}

TEST(a_change_with_an_error, leaves_the_running_configuration_as_it_was) {
    auto const before = started(one_interface);
    auto const copy = before;
    EXPECT_FALSE(try_apply(before, "SOMAXCONN 7 START NONE").ok());
    EXPECT_EQ(before, copy);
}

TEST(an_incomplete_profile, is_not_accepted_and_its_other_statements_are_checked) {
    auto const parsed = parse_text("SOMAXCONN many TCPCONFIG EPHEMERALPORTS 5000 4000");
    EXPECT_FALSE(parsed.ok());
    auto const result = apply({}, parsed.profile, phase::initial);
    EXPECT_FALSE(result.ok());
    ASSERT_EQ(result.diagnostics.size(), 1U);
    EXPECT_NE(result.diagnostics[0].text.find("EPHEMERALPORTS 5000 4000"), std::string::npos);
    auto const good = parse_text("SOMAXCONN many SOMAXCONN 7");
    EXPECT_FALSE(apply({}, good.profile, phase::initial).ok());
}

TEST(an_incomplete_profile, is_not_blamed_for_what_its_faulty_statements_would_have_defined) {
    auto const parsed =
        parse_text("INTERFACE OSA1 DEFINE IPAQENET PORTNAME P1 IPADDR 10.1.1.300/24\nSTART OSA1");
    EXPECT_EQ(parsed.diagnostics.size(), 1U);
    EXPECT_TRUE(apply({}, parsed.profile, phase::initial).diagnostics.empty());
}

}  // namespace
}  // namespace parser
