// The choice of an IPv6 source address.
#include "packet_builder.hpp"
#include "stack/ip/source_selection.hpp"
#include "stack/ip/topology.hpp"

#include <gtest/gtest.h>

namespace stack::ip {
namespace {

using namespace stack::testing;
using kind = interface_settings::kind;

/// Home list: loopbacks, an IPv4 and an IPv6 VIPA, a device of each family.
settings sample() {
    settings s;
    s.self = {1, 1};
    s.interfaces = {{"LOOPBACK", kind::loopback, addr("127.0.0.1"), 8, 65535, true, {}},
                    {"VIPA4", kind::virtual_, addr("10.0.1.1"), 32, 1500, true, {}},
                    {"VIPA6", kind::virtual_, addr("2001:db8:a::1"), 128, 1500, true, {}},
                    {"OSA4", kind::device, addr("192.0.2.1"), 24, 1500, true, {}},
                    {"OSA6", kind::device, addr("2001:db8::1"), 64, 1500, true, {}},
                    {"LOOPBACK6", kind::loopback, addr("::1"), 128, 65535, true, {}}};
    s.routes = {{{addr("0.0.0.0"), 0}, {}, 3, 0}, {{addr("::"), 0}, {}, 4, 0}};
    dvipa_settings d;
    d.host = addr("2001:db8:9::9");
    s.dvipas = {d};
    return s;
}

std::string source(settings const& s, char const* remote) {
    topology made;
    made.configure(std::make_shared<settings>(s));
    tcp_client const client{"JOB1"};
    auto const choice = select_source(made, addr(remote), &client);
    return choice ? choice->host.to_string() : "none";
}

TEST(source6_selection, the_outgoing_interface_speaks) {
    EXPECT_EQ(source(sample(), "2001:db8:5::1"), "2001:db8::1");
    // Rule 5 goes before rule 8.
    EXPECT_EQ(source(sample(), "2001:db8:a::7"), "2001:db8::1");
}

TEST(source6_selection, to_itself_a_stack_speaks_with_the_address_spoken_to) {
    EXPECT_EQ(source(sample(), "::1"), "::1");
    EXPECT_EQ(source(sample(), "2001:db8::1"), "2001:db8::1");
}

TEST(source6_selection, a_scope_that_reaches_the_destination_goes_first) {
    auto s = sample();
    s.interfaces[4].host = addr("fe80::1");
    EXPECT_EQ(source(s, "2001:db8:5::1"), "2001:db8:a::1");
    EXPECT_EQ(source(s, "fe80::7"), "fe80::1");
    s.interfaces[2].active = false;
    EXPECT_EQ(source(s, "2001:db8:5::1"), "fe80::1");
}

TEST(source6_selection, of_other_interfaces_the_longest_match_speaks) {
    auto s = sample();
    s.interfaces[4].host = addr("fe80::1");
    s.interfaces.insert(s.interfaces.begin() + 5,
                        {"VIPA7", kind::virtual_, addr("2001:db8:5::99"), 128, 1500, true, {}});
    EXPECT_EQ(source(s, "2001:db8:5::1"), "2001:db8:5::99");
    EXPECT_EQ(source(s, "2001:db8:b::1"), "2001:db8:a::1");
}

TEST(source6_selection, a_vipa_speaks_for_the_interfaces_that_name_it) {
    auto s = sample();
    s.ip6.source_vipa = true;
    EXPECT_EQ(source(s, "2001:db8:5::1"), "2001:db8::1");
    s.interfaces[4].source_vipa = addr("2001:db8:a::1");
    EXPECT_EQ(source(s, "2001:db8:5::1"), "2001:db8:a::1");
    EXPECT_EQ(source(s, "fe80::7"), "2001:db8::1");
    s.ip6.source_vipa = false;
    EXPECT_EQ(source(s, "2001:db8:5::1"), "2001:db8::1");
}

TEST(source6_selection, each_family_has_its_stack_source) {
    auto s = sample();
    s.ip.source_vipa = s.ip6.source_vipa = true;
    s.ip6.tcp_stack_source_vipa = addr("2001:db8:9::9");
    EXPECT_EQ(source(s, "2001:db8:5::1"), "2001:db8:9::9");
    EXPECT_EQ(source(s, "8.8.8.8"), "10.0.1.1");
    s.ip.source_vipa = false;
    EXPECT_EQ(source(s, "2001:db8:5::1"), "2001:db8:9::9");
}

TEST(source6_selection, without_an_address_of_the_family_there_is_no_source) {
    auto s = sample();
    s.interfaces[2].active = s.interfaces[4].active = false;
    s.routes = {{{addr("::"), 0}, {}, 3, 0}};
    EXPECT_EQ(source(s, "2001:db8:5::1"), "none");
}

}  // namespace
}  // namespace stack::ip
