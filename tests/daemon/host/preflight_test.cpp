// The preflight check as a table: one setting of the machine, and the finding it gives.
#include "daemon/host/preflight.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

namespace tcpplexd {
namespace {

using stack::address;
using stack::prefix;
using testing::ElementsAre;
using testing::HasSubstr;

address ip(char const* text) {
    return address::parse(text).value();
}

// A stack that owns 10.1.1.1, is a target for 10.1.9.9 and has routes beyond the kernel.
preflight_needs needs() {
    preflight_needs made;
    made.devices = {"osa1"};
    made.own = {ip("127.0.0.1"), ip("10.1.1.1"), ip("10.1.9.9")};
    made.foreign_sources = {ip("10.1.9.9")};
    made.kernel_addresses = {ip("10.1.1.254")};
    made.announced_links = {"eth0"};
    made.forwarding = true;
    return made;
}

// A machine on which it works.
preflight_facts good_machine() {
    preflight_facts made;
    made.net_admin = true;
    made.net_raw = true;
    made.announced_links = {{"eth0", true, true}};
    made.rp_filter_writable = true;
    made.ip_forward = true;
    made.devices = {{"osa1", true, 2, true}};
    made.assigned = {{"lo", ip("127.0.0.1"), 8}, {"eth0", ip("192.168.1.5"), 24}};
    return made;
}

struct obstacle {
    char const* name;
    std::function<void(preflight_facts&)> place;
    char const* setting;  // of the only finding; empty: there is none
    char const* value;
    char const* remedy;
};
void PrintTo(obstacle const& o, std::ostream* out) {
    *out << o.name;
}
std::string name_of(testing::TestParamInfo<obstacle> const& test) {
    return test.param.name;
}

class machine : public testing::TestWithParam<obstacle> {};

TEST_P(machine, gives_the_finding_of_its_setting) {
    auto facts = good_machine();
    GetParam().place(facts);
    auto const found = check(needs(), facts);
    if (*GetParam().setting == '\0') {
        EXPECT_TRUE(found.empty()) << to_string(found.front());
        return;
    }
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].setting, GetParam().setting);
    EXPECT_THAT(found[0].value, HasSubstr(GetParam().value));
    EXPECT_THAT(found[0].remedy, HasSubstr(GetParam().remedy));
    EXPECT_FALSE(found[0].why.empty());
}

void filter(preflight_facts& facts, int all, int device, bool writable) {
    facts.all_rp_filter = all;
    facts.devices[0].rp_filter = device;
    facts.rp_filter_writable = writable;
}

INSTANTIATE_TEST_SUITE_P(
    each, machine,
    testing::Values(
        obstacle{"good", [](auto&) {}, "", "", ""},
        obstacle{"no_tun", [](auto& f) { f.tun_error = ENOENT; }, "/dev/net/tun", "No such file",
                 "modprobe tun"},
        obstacle{"no_capability", [](auto& f) { f.net_admin = false; }, "capability CAP_NET_ADMIN",
                 "missing", "run as root"},
        obstacle{"filter_off", [](auto& f) { filter(f, 0, 0, false); }, "", "", ""},
        obstacle{"filter_loose_on_all", [](auto& f) { filter(f, 2, 0, false); }, "", "", ""},
        obstacle{"filter_strict_on_all_loose_on_device", [](auto& f) { filter(f, 1, 2, false); },
                 "", "", ""},
        obstacle{"filter_strict_but_can_be_set", [](auto& f) { filter(f, 1, 1, true); }, "", "",
                 ""},
        obstacle{"filter_strict_on_all", [](auto& f) { filter(f, 1, 0, false); },
                 "net.ipv4.conf.osa1.rp_filter", "0 (all: 1,",
                 "sysctl -w net.ipv4.conf.osa1.rp_filter=2"},
        obstacle{"filter_strict_on_device", [](auto& f) { filter(f, 0, 1, false); },
                 "net.ipv4.conf.osa1.rp_filter", "1 (all: 0,", "rp_filter=2"},
        obstacle{"filter_strict_inherited",
                 [](auto& f) {
                     filter(f, 0, 1, false);
                     f.devices[0].present = false;
                 },
                 "net.ipv4.conf.default.rp_filter", "1",
                 "sysctl -w net.ipv4.conf.default.rp_filter=2"},
        obstacle{"forwarding_off",
                 [](auto& f) {
                     f.ip_forward = false;
                     f.devices[0].forwarding = false;
                 },
                 "net.ipv4.ip_forward", "0", "sysctl -w net.ipv4.ip_forward=1"},
        obstacle{"forwarding_off_on_the_device", [](auto& f) { f.devices[0].forwarding = false; },
                 "net.ipv4.conf.osa1.forwarding", "0", "sysctl -w net.ipv4.conf.osa1.forwarding=1"},
        obstacle{"firewall", [](auto& f) { f.dropping_chains = {"nftables ip filter FORWARD"}; },
                 "firewall chain nftables ip filter FORWARD", "policy drop",
                 "iptables -P FORWARD ACCEPT"},
        obstacle{"address_on_the_kernel",
                 [](auto& f) {
                     f.assigned.push_back({"eth0", ip("10.1.9.9"), 32});
                 },
                 "address 10.1.9.9 of the stack", "configured on the kernel's eth0",
                 "ip address del 10.1.9.9/32 dev eth0"},
        obstacle{"uncovered_source", [](auto& f) { f.uncovered = {ip("10.1.9.9")}; },
                 "kernel route to 10.1.9.9", "none", "ip route add 10.1.9.9/32"},
        obstacle{"uncovered_source_but_filter_off",
                 [](auto& f) {
                     f.uncovered = {ip("10.1.9.9")};
                     filter(f, 0, 0, true);
                 },
                 "", "", ""},
        obstacle{"announced_link_absent",
                 [](auto& f) {
                     f.announced_links = {{"eth0", false, false}};
                 },
                 "link eth0 in 'announce'", "absent", "ip link"},
        obstacle{"announced_link_not_forwarding",
                 [](auto& f) { f.announced_links[0].forwarding = false; },
                 "net.ipv4.conf.eth0.forwarding", "0", "sysctl -w net.ipv4.conf.eth0.forwarding=1"},
        obstacle{"announced_link_without_raw_sockets", [](auto& f) { f.net_raw = false; },
                 "capability CAP_NET_RAW", "missing", "CAP_NET_RAW"},
        obstacle{"nothing_announced_without_raw_sockets",
                 [](auto& f) {
                     f.net_raw = false;
                     f.announced_links.clear();
                 },
                 "", "", ""},
        obstacle{"uncovered_ipv6_source", [](auto& f) { f.uncovered = {ip("fd00::9")}; }, "", "",
                 ""}),
    name_of);

TEST(preflight, what_stands_in_the_way_of_forwarding_does_not_matter_without_it) {
    auto facts = good_machine();
    facts.ip_forward = false;
    facts.devices[0].forwarding = false;
    facts.dropping_chains = {"nftables ip filter FORWARD"};
    auto local = needs();
    local.forwarding = false;
    EXPECT_THAT(check(local, facts), testing::IsEmpty());
}

TEST(preflight, the_kernel_end_of_a_device_is_no_address_of_the_stack) {
    auto confused = needs();
    confused.kernel_addresses = {ip("10.1.1.1")};
    auto const found = check(confused, good_machine());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].setting, "kernel_address 10.1.1.1");
}

TEST(preflight, all_findings_come_in_one_run) {
    auto facts = good_machine();
    facts.tun_error = EACCES;
    facts.net_admin = false;
    facts.ip_forward = false;
    facts.assigned.push_back({"eth0", ip("10.1.1.1"), 24});
    std::vector<std::string> settings;
    for (auto const& one : check(needs(), facts))
        settings.push_back(one.setting);
    EXPECT_THAT(settings, ElementsAre("/dev/net/tun", "capability CAP_NET_ADMIN",
                                      "address 10.1.1.1 of the stack", "net.ipv4.ip_forward"));
}

TEST(preflight, a_finding_reads_as_setting_value_reason_and_remedy) {
    finding const one{"net.ipv4.ip_forward", "0", "nothing passes",
                      "sysctl -w net.ipv4.ip_forward=1"};
    EXPECT_EQ(to_string(one),
              "net.ipv4.ip_forward is 0: nothing passes; remedy: sysctl -w net.ipv4.ip_forward=1");
}

TEST(preflight, routes_to_the_kernels_own_ends_and_loopback_need_no_forwarding) {
    std::vector<address> const ends{ip("10.1.1.254")};
    std::vector<prefix> const own{{ip("10.1.1.254"), 32}, {ip("127.0.0.1"), 32}};
    std::vector<prefix> const beyond{{ip("10.1.1.254"), 32}, {ip("10.1.1.0"), 24}};
    std::vector<prefix> const by_default{{ip("0.0.0.0"), 0}};
    EXPECT_FALSE(needs_forwarding({}, ends));
    EXPECT_FALSE(needs_forwarding(own, ends));
    EXPECT_TRUE(needs_forwarding(beyond, ends));
    EXPECT_TRUE(needs_forwarding(by_default, ends));
}

TEST(ipv6, is_asked_of_the_kernel_only_by_a_stack_that_uses_it) {
    auto wanted = needs();
    auto machine = good_machine();
    EXPECT_TRUE(check(wanted, machine).empty()) << "a kernel without IPv6";
    wanted.ipv6_devices = {"osa6"};
    auto const absent = check(wanted, machine);
    ASSERT_EQ(absent.size(), 1U);
    EXPECT_EQ(absent[0].setting, "IPv6 of the kernel");
    machine.ip6_forward = false;
    EXPECT_TRUE(check(wanted, machine).empty()) << "it talks to the kernel alone";
    wanted.forwarding6 = true;
    auto const found = check(wanted, machine);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].setting, "net.ipv6.conf.all.forwarding");
    EXPECT_EQ(found[0].value, "0");
    EXPECT_THAT(found[0].remedy, HasSubstr("sysctl -w net.ipv6.conf.all.forwarding=1"));
    machine.ip6_forward = true;
    EXPECT_TRUE(check(wanted, machine).empty());
}

}  // namespace
}  // namespace tcpplexd
