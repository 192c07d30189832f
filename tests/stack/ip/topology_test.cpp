// Addresses, routes and the choice of a source address.
#include "stack/ip/topology.hpp"

#include "packet_builder.hpp"
#include "stack/ip/source_selection.hpp"

#include <gtest/gtest.h>

namespace stack::ip {
namespace {

using namespace stack::testing;
using kind = interface_settings::kind;

/// Home list: loopback, VIPA1, OSA1, VIPA2, OSA2; DVIPA 10.9.9.9.
settings sample() {
    settings s;
    s.self = {1, 1};
    s.interfaces = {{"LOOPBACK", kind::loopback, addr("127.0.0.1"), 8, 65535, true, {}},
                    {"VIPA1", kind::virtual_, addr("10.0.1.1"), 32, 1500, true, {}},
                    {"OSA1", kind::device, addr("192.0.2.1"), 24, 1500, true, {}},
                    {"VIPA2", kind::virtual_, addr("10.0.2.1"), 32, 1500, true, {}},
                    {"OSA2", kind::device, addr("198.51.100.1"), 24, 9000, true, {}}};
    s.routes = {{{addr("0.0.0.0"), 0}, addr("192.0.2.254"), 2, 0},
                {{addr("198.51.100.0"), 24}, {}, 4, 0},
                {{addr("203.0.113.0"), 24}, addr("198.51.100.254"), 4, 1400}};
    dvipa_settings d;
    d.host = addr("10.9.9.9");
    s.dvipas = {d};
    return s;
}

topology made(settings s) {
    topology out;
    out.configure(std::make_shared<settings>(std::move(s)));
    return out;
}

std::string source(settings const& s, char const* remote, bool unbound = true,
                   char const* job = "JOB1") {
    tcp_client const client{job, unbound};
    auto const choice = select_source(made(s), addr(remote), &client);
    return choice ? choice->host.to_string() : "none";
}

TEST(topology, the_longest_prefix_wins) {
    auto const t = made(sample());
    EXPECT_EQ(t.find_route({}, addr("8.8.8.8"))->interface, 2U);
    EXPECT_EQ(t.find_route({}, addr("198.51.100.7"))->interface, 4U);
}

TEST(topology, the_path_takes_the_smaller_mtu_of_route_and_interface) {
    auto const t = made(sample());
    EXPECT_EQ(t.find_route({}, addr("198.51.100.7"))->mtu, 9000);
    EXPECT_EQ(t.find_route({}, addr("203.0.113.7"))->mtu, 1400);
    EXPECT_EQ(t.smallest_mtu(true), 1500);
}

TEST(topology, a_stopped_interface_has_no_routes) {
    auto s = sample();
    s.interfaces[4].active = false;
    EXPECT_EQ(made(s).find_route({}, addr("198.51.100.7"))->interface, 2U);
    s.interfaces[2].active = false;
    EXPECT_FALSE(made(s).find_route({}, addr("8.8.8.8")));
}

TEST(topology, a_stopped_interface_keeps_its_address_but_not_as_source) {
    auto s = sample();
    s.interfaces[2].active = false;
    auto const t = made(s);
    EXPECT_TRUE(t.is_local(addr("192.0.2.1")));
    EXPECT_FALSE(t.is_active(addr("192.0.2.1")));
}

TEST(topology, a_route_to_an_interface_that_is_not_there_is_no_route) {
    auto s = sample();
    s.routes = {{{addr("0.0.0.0"), 0}, {}, 99, 0}};
    EXPECT_FALSE(made(s).find_route({}, addr("8.8.8.8")));
}

TEST(source_selection, without_sourcevipa_the_interface_speaks) {
    EXPECT_EQ(source(sample(), "8.8.8.8"), "192.0.2.1");
    EXPECT_EQ(source(sample(), "198.51.100.7"), "198.51.100.1");
}

TEST(source_selection, sourcevipa_takes_the_static_vipa_before_the_interface) {
    auto s = sample();
    s.ip.source_vipa = true;
    EXPECT_EQ(source(s, "8.8.8.8"), "10.0.1.1");
    EXPECT_EQ(source(s, "198.51.100.7"), "10.0.2.1");
}

TEST(source_selection, sourcevipainterface_goes_before_the_home_order) {
    auto s = sample();
    s.ip.source_vipa = true;
    s.interfaces[4].source_vipa = addr("10.0.1.1");
    EXPECT_EQ(source(s, "198.51.100.7"), "10.0.1.1");
}

TEST(source_selection, sourcevipa_never_picks_a_dvipa) {
    auto s = sample();
    s.ip.source_vipa = true;
    s.interfaces.erase(s.interfaces.begin() + 1);
    s.routes = {{{addr("0.0.0.0"), 0}, {}, 1, 0}};
    EXPECT_EQ(source(s, "8.8.8.8"), "192.0.2.1");
}

TEST(source_selection, tcpstacksourcevipa_needs_sourcevipa) {
    auto s = sample();
    s.ip.tcp_stack_source_vipa = addr("10.9.9.9");
    EXPECT_EQ(source(s, "8.8.8.8"), "192.0.2.1");
    s.ip.source_vipa = true;
    EXPECT_EQ(source(s, "8.8.8.8"), "10.9.9.9");
}

TEST(source_selection, tcpstacksourcevipa_is_for_unbound_sockets_only) {
    auto s = sample();
    s.ip.source_vipa = true;
    s.ip.tcp_stack_source_vipa = addr("10.9.9.9");
    EXPECT_EQ(source(s, "8.8.8.8", false), "10.0.1.1");
}

TEST(source_selection, an_inactive_tcpstacksourcevipa_gives_way_to_the_next_rule) {
    auto s = sample();
    s.ip.source_vipa = true;
    s.ip.tcp_stack_source_vipa = addr("10.8.8.8");
    tcp_client const client{"JOB1"};
    auto const choice = select_source(made(s), addr("8.8.8.8"), &client);
    ASSERT_TRUE(choice);
    EXPECT_EQ(choice->host, addr("10.0.1.1"));
    EXPECT_EQ(choice->inactive, s.ip.tcp_stack_source_vipa);
}

settings with_rules() {
    auto s = sample();
    prefix const all{address::any_v4(), 0};
    s.sources = {{"PAY1", all, addr("10.0.2.1")},
                 {"PAY*", all, addr("10.9.9.9")},
                 {"*", {addr("198.51.100.0"), 24}, addr("10.0.1.1")},
                 {"*", all, addr("10.0.2.1")}};
    return s;
}

TEST(source_selection, the_first_rule_of_srcip_that_fits_counts) {
    EXPECT_EQ(source(with_rules(), "198.51.100.7", true, "PAY1"), "10.0.2.1");
    EXPECT_EQ(source(with_rules(), "198.51.100.7", true, "PAY2"), "10.9.9.9");
    EXPECT_EQ(source(with_rules(), "198.51.100.7", true, "WEB"), "10.0.1.1");
    EXPECT_EQ(source(with_rules(), "8.8.8.8", true, "WEB"), "10.0.2.1");
}

TEST(source_selection, srcip_needs_no_sourcevipa_and_goes_before_tcpstacksourcevipa) {
    auto s = with_rules();
    s.ip.tcp_stack_source_vipa = addr("10.0.1.1");
    for (bool const on : {false, true}) {
        s.ip.source_vipa = on;
        EXPECT_EQ(source(s, "8.8.8.8", true, "PAY2"), "10.9.9.9") << on;
        EXPECT_EQ(source(s, "8.8.8.8", false, "PAY2"), "10.9.9.9") << on;
    }
}

TEST(source_selection, a_rule_without_a_source_leaves_it_as_without_srcip) {
    auto s = with_rules();
    s.sources[0].source = address();
    EXPECT_EQ(source(s, "198.51.100.7", true, "PAY1"), "198.51.100.1");
}

TEST(source_selection, srcip_is_for_its_family_and_not_for_udp) {
    auto s = with_rules();
    s.sources = {{"*", {address(), 0}, addr("2001:db8::1")}};
    EXPECT_EQ(source(s, "8.8.8.8"), "192.0.2.1");
    EXPECT_EQ(select_source(made(with_rules()), addr("8.8.8.8"), nullptr)->host, addr("192.0.2.1"));
}

TEST(source_selection, an_inactive_source_of_srcip_gives_way_to_tcpstacksourcevipa) {
    auto s = sample();
    s.sources = {{"*", {address::any_v4(), 0}, addr("10.8.8.8")}};
    s.ip.source_vipa = true;
    s.ip.tcp_stack_source_vipa = addr("10.9.9.9");
    tcp_client const client{"JOB1"};
    auto const choice = select_source(made(s), addr("8.8.8.8"), &client);
    EXPECT_EQ(choice->host, addr("10.9.9.9"));
    EXPECT_EQ(choice->inactive, addr("10.8.8.8"));
}

TEST(source_selection, a_target_dvipa_is_an_active_address) {
    auto s = sample();
    s.ip.source_vipa = true;
    s.ip.tcp_stack_source_vipa = addr("10.9.9.9");
    s.dvipas[0].part = dvipa_settings::role::target;
    EXPECT_EQ(source(s, "8.8.8.8"), "10.9.9.9");
}

TEST(source_selection, to_itself_a_stack_speaks_with_the_address_spoken_to) {
    EXPECT_EQ(source(sample(), "127.0.0.1"), "127.0.0.1");
    EXPECT_EQ(source(sample(), "192.0.2.1"), "192.0.2.1");
}

TEST(source_selection, to_a_dvipa_of_another_stack_an_interface_speaks) {
    auto s = sample();
    s.dvipas[0].part = dvipa_settings::role::target;
    s.routes.clear();
    EXPECT_EQ(source(s, "10.9.9.9"), "192.0.2.1");
}

TEST(source_selection, where_no_route_leads_there_is_no_source) {
    auto s = sample();
    s.routes.clear();
    EXPECT_EQ(source(s, "8.8.8.8"), "none");
}

}  // namespace
}  // namespace stack::ip
