// The facts read from a real kernel, and that the kernel does what the check says of its
// reverse-path filter.
#include "daemon/host/kernel_address.hpp"
#include "daemon/host/preflight_facts.hpp"
#include "daemon/host/sysctl.hpp"
#include "network_namespace.hpp"
#include "udp_probe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

namespace tcpplexd {
namespace {

using stack::address;
using testing::ElementsAre;
using testing::IsEmpty;

address ip(char const* text) {
    return address::parse(text).value();
}

class preflight_system : public testing::Test {
  protected:
    test::network_namespace namespace_;
    kernel_network kernel_ = kernel_network::open().value();

    void SetUp() override { ASSERT_TRUE(kernel_.set_up("lo")); }

    static preflight_needs needs() {
        preflight_needs made;
        made.devices = {"osa1"};
        made.own = {ip("10.1.1.1"), ip("10.1.9.9")};
        made.forwarding = true;
        return made;
    }
    std::vector<std::string> settings_found(preflight_needs const& needs) {
        std::vector<std::string> settings;
        for (auto const& one : check(needs, read_facts(kernel_, needs).value()))
            settings.push_back(one.setting);
        return settings;
    }
    static void run(char const* command) { ASSERT_EQ(std::system(command), 0) << command; }
};

TEST_F(preflight_system, forwarding_off_is_found_and_on_is_fine) {
    namespace_.set("ipv4/ip_forward", 0);
    EXPECT_THAT(settings_found(needs()), ElementsAre("net.ipv4.ip_forward"));
    namespace_.set("ipv4/ip_forward", 1);
    EXPECT_THAT(settings_found(needs()), IsEmpty());
}

TEST_F(preflight_system, forwarding_off_on_the_device_alone_is_found) {
    namespace_.set("ipv4/ip_forward", 1);
    test::tun_device const osa1("osa1");
    namespace_.set("ipv4/conf/osa1/forwarding", 0);
    EXPECT_THAT(settings_found(needs()), ElementsAre("net.ipv4.conf.osa1.forwarding"));
}

TEST_F(preflight_system, filters_of_all_and_of_the_device_are_read) {
    for (int const all : {0, 1, 2})
        for (int const own : {0, 1, 2}) {
            namespace_.set("ipv4/conf/all/rp_filter", all);
            test::tun_device const osa1("osa1");
            namespace_.set("ipv4/conf/osa1/rp_filter", own);
            auto const facts = read_facts(kernel_, needs()).value();
            EXPECT_EQ(facts.all_rp_filter, all);
            ASSERT_EQ(facts.devices.size(), 1U);
            EXPECT_TRUE(facts.devices[0].present);
            EXPECT_EQ(facts.devices[0].rp_filter, own);
            EXPECT_TRUE(facts.rp_filter_writable);
        }
}

TEST_F(preflight_system, a_device_to_come_has_the_defaults_values) {
    namespace_.set("ipv4/conf/default/rp_filter", 1);
    auto const facts = read_facts(kernel_, needs()).value();
    EXPECT_FALSE(facts.devices.at(0).present);
    EXPECT_EQ(facts.devices.at(0).rp_filter, 1);
    EXPECT_TRUE(facts.net_admin);
    EXPECT_EQ(facts.tun_error, 0);
}

TEST_F(preflight_system, an_address_of_the_stack_on_the_kernel_is_found) {
    namespace_.set("ipv4/ip_forward", 1);
    ASSERT_TRUE(kernel_.add_address({ip("10.1.9.9"), 32}, "lo"));
    EXPECT_THAT(settings_found(needs()), ElementsAre("address 10.1.9.9 of the stack"));
}

TEST_F(preflight_system, a_target_needs_a_route_that_covers_its_source_only_if_the_kernel_filters) {
    namespace_.set("ipv4/ip_forward", 1);
    auto target = needs();
    target.foreign_sources = {ip("10.1.9.9")};
    namespace_.set("ipv4/conf/default/rp_filter", 1);
    EXPECT_THAT(settings_found(target), ElementsAre("kernel route to 10.1.9.9"));
    namespace_.set("ipv4/conf/default/rp_filter", 0);
    EXPECT_THAT(settings_found(target), IsEmpty());
    namespace_.set("ipv4/conf/default/rp_filter", 2);
    test::tun_device const other("eth0");
    ASSERT_TRUE(kernel_.set_up("eth0"));
    ASSERT_TRUE(kernel_.add_route({address::any_v4(), 0}, "eth0"));
    EXPECT_THAT(settings_found(target), IsEmpty());
}

TEST_F(preflight_system, a_dropping_nftables_chain_is_found) {
    namespace_.set("ipv4/ip_forward", 1);
    run("nft add table inet wall");
    run("nft 'add chain inet wall fine { type filter hook forward priority 1; policy accept; }'");
    run("nft 'add chain inet wall input { type filter hook input priority 0; policy drop; }'");
    run("nft 'add chain inet wall other { type filter hook forward priority 0; policy drop; }'");
    EXPECT_THAT(settings_found(needs()), ElementsAre("firewall chain nftables inet wall other"));
}

TEST_F(preflight_system, a_dropping_legacy_chain_is_found) {
    namespace_.set("ipv4/ip_forward", 1);
    run("iptables-legacy -P FORWARD ACCEPT");
    run("iptables-legacy -A FORWARD -j DROP");
    EXPECT_THAT(settings_found(needs()), IsEmpty());
    run("iptables-legacy -P FORWARD DROP");
    EXPECT_THAT(settings_found(needs()),
                ElementsAre("firewall chain iptables-legacy filter FORWARD"));
}

// The source of the probe is routed over another link, as a DVIPA's is on a stack that is only its
// target.
TEST_F(preflight_system, a_prepared_device_passes_foreign_sources_under_every_filter) {
    test::tun_device const elsewhere("eth0");
    ASSERT_TRUE(kernel_.set_up("eth0"));
    ASSERT_TRUE(kernel_.add_route({ip("10.1.9.9"), 32}, "eth0"));
    for (int const all : {0, 1, 2})
        for (int const own : {0, 1, 2}) {
            namespace_.set("ipv4/conf/all/rp_filter", all);
            namespace_.set("ipv4/conf/default/rp_filter", own);
            test::tun_device osa1("osa1");
            auto const prepared = prepare_device(kernel_, "osa1", ip("10.1.1.254"));
            ASSERT_TRUE(prepared) << prepared.error().message;
            EXPECT_TRUE(test::kernel_delivers(osa1, ip("10.1.9.9"), ip("10.1.1.254")))
                << "all " << all << " own " << own;
            bool const off = all == 0 && own == 0;
            EXPECT_EQ(read_setting(device_setting("osa1", "rp_filter")).value() == 0,
                      off || (all == 2 && own == 0));
        }
}

// The negative control of the test above, and of what check() calls strict.
TEST_F(preflight_system, an_unprepared_device_under_a_strict_filter_drops_foreign_sources) {
    test::tun_device const elsewhere("eth0");
    ASSERT_TRUE(kernel_.set_up("eth0"));
    ASSERT_TRUE(kernel_.add_route({ip("10.1.9.9"), 32}, "eth0"));
    test::tun_device osa1("osa1");
    ASSERT_TRUE(prepare_device(kernel_, "osa1", ip("10.1.1.254")));
    for (int const all : {0, 1, 2})
        for (int const own : {0, 1, 2}) {
            namespace_.set("ipv4/conf/all/rp_filter", all);
            namespace_.set("ipv4/conf/osa1/rp_filter", own);
            auto facts = read_facts(kernel_, {{"osa1"}, {}, {}, {}, {}, {}, false, false}).value();
            facts.rp_filter_writable = false;
            bool const passes = check({{"osa1"}, {}, {}, {}, {}, {}, false, false}, facts).empty();
            EXPECT_EQ(test::kernel_delivers(osa1, ip("10.1.9.9"), ip("10.1.1.254")), passes)
                << "all " << all << " own " << own;
        }
}

TEST_F(preflight_system, a_source_without_any_route_is_dropped_unless_the_filter_is_off) {
    test::tun_device osa1("osa1");
    ASSERT_TRUE(prepare_device(kernel_, "osa1", ip("10.1.1.254")));
    preflight_needs target;
    target.devices = {"osa1"};
    target.foreign_sources = {ip("10.1.9.9")};
    for (int const own : {0, 2}) {
        namespace_.set("ipv4/conf/osa1/rp_filter", own);
        bool const passes = settings_found(target).empty();
        EXPECT_EQ(test::kernel_delivers(osa1, ip("10.1.9.9"), ip("10.1.1.254")), passes) << own;
    }
}

}  // namespace
}  // namespace tcpplexd
