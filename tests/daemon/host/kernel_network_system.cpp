// Routes, addresses and links against the kernel, in a namespace of its own.
#include "daemon/host/kernel_network.hpp"
#include "network_namespace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace tcpplexd {
namespace {

using stack::address;
using stack::prefix;
using testing::HasSubstr;

address ip(char const* text) {
    return address::parse(text).value();
}

class kernel_network_test : public testing::Test {
  protected:
    test::network_namespace namespace_;
    std::optional<test::tun_device> osa1_{"osa1"};
    test::tun_device osa2_{"osa2"};
    kernel_network kernel_ = kernel_network::open().value();

    void SetUp() override {
        ASSERT_TRUE(kernel_.set_up("lo"));
        ASSERT_TRUE(kernel_.set_up("osa1"));
        ASSERT_TRUE(kernel_.set_up("osa2"));
    }
    std::string link_to(char const* destination) {
        auto const route = kernel_.route_to(ip(destination));
        if (!route) return route.error().message;
        return *route ? (*route)->link : "";
    }
};

TEST_F(kernel_network_test, a_route_comes_and_goes) {
    prefix const dvipa{ip("10.1.9.9"), 32};
    EXPECT_EQ(link_to("10.1.9.9"), "");
    ASSERT_TRUE(kernel_.add_route(dvipa, "osa1"));
    EXPECT_EQ(link_to("10.1.9.9"), "osa1");
    EXPECT_EQ(link_to("10.1.9.8"), "");
    ASSERT_TRUE(kernel_.remove_route(dvipa, "osa1"));
    EXPECT_EQ(link_to("10.1.9.9"), "");
}

TEST_F(kernel_network_test, an_ipv6_route_comes_and_goes) {
    prefix const dvipa{ip("fd00::9"), 128};
    ASSERT_TRUE(kernel_.add_route(dvipa, "osa1"));
    EXPECT_EQ(link_to("fd00::9"), "osa1");
    ASSERT_TRUE(kernel_.remove_route(dvipa, "osa1"));
    EXPECT_EQ(link_to("fd00::9"), "");
}

TEST_F(kernel_network_test, adding_and_removing_twice_is_fine) {
    prefix const dvipa{ip("10.1.9.9"), 32};
    ASSERT_TRUE(kernel_.add_route(dvipa, "osa1"));
    EXPECT_TRUE(kernel_.add_route(dvipa, "osa1"));
    ASSERT_TRUE(kernel_.remove_route(dvipa, "osa1"));
    EXPECT_TRUE(kernel_.remove_route(dvipa, "osa1"));
    EXPECT_TRUE(kernel_.remove_route(dvipa, "nothere"));
}

TEST_F(kernel_network_test, a_route_over_another_link_is_named) {
    prefix const dvipa{ip("10.1.9.9"), 32};
    ASSERT_TRUE(kernel_.add_route(dvipa, "osa2"));
    auto const second = kernel_.add_route(dvipa, "osa1");
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().message,
                HasSubstr("route 10.1.9.9/32 over osa1: there is one over osa2: File exists"));
    EXPECT_EQ(link_to("10.1.9.9"), "osa2");
}

TEST_F(kernel_network_test, a_missing_device_is_named) {
    auto const result = kernel_.add_route({ip("10.1.9.9"), 32}, "nothere");
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message,
                HasSubstr("route 10.1.9.9/32 over nothere: No such device"));
    EXPECT_FALSE(kernel_.add_address({ip("10.1.9.9"), 32}, "nothere"));
    EXPECT_FALSE(kernel_.set_up("nothere"));
}

TEST_F(kernel_network_test, the_kernels_addresses_are_listed_and_local) {
    ASSERT_TRUE(kernel_.add_address({ip("10.1.1.254"), 32}, "osa1"));
    ASSERT_TRUE(kernel_.add_address({ip("10.1.1.254"), 32}, "osa1"));
    ASSERT_TRUE(kernel_.add_address({ip("fd00::254"), 128}, "osa2"));
    auto const all = kernel_.addresses();
    ASSERT_TRUE(all) << all.error().message;
    EXPECT_THAT(*all, testing::IsSupersetOf({assigned_address{"osa1", ip("10.1.1.254"), 32},
                                             assigned_address{"osa2", ip("fd00::254"), 128},
                                             assigned_address{"lo", ip("127.0.0.1"), 8}}));
    auto const route = kernel_.route_to(ip("10.1.1.254"));
    ASSERT_TRUE(route && *route);
    EXPECT_TRUE((*route)->local);
}

TEST_F(kernel_network_test, a_route_tells_the_source_it_would_use) {
    ASSERT_TRUE(kernel_.add_address({ip("10.1.1.254"), 32}, "osa1"));
    ASSERT_TRUE(kernel_.add_route({ip("10.1.9.0"), 24}, "osa1"));
    auto const route = kernel_.route_to(ip("10.1.9.9"));
    ASSERT_TRUE(route && *route);
    EXPECT_EQ((*route)->source, ip("10.1.1.254"));
    EXPECT_FALSE((*route)->gateway);
    EXPECT_FALSE((*route)->local);
}

TEST_F(kernel_network_test, everything_goes_with_the_device) {
    ASSERT_TRUE(kernel_.add_address({ip("10.1.1.254"), 32}, "osa1"));
    ASSERT_TRUE(kernel_.add_route({ip("10.1.9.9"), 32}, "osa1"));
    osa1_.reset();
    EXPECT_EQ(link_to("10.1.9.9"), "");
    auto const all = kernel_.addresses();
    ASSERT_TRUE(all);
    for (auto const& assigned : *all)
        EXPECT_NE(assigned.link, "osa1");
}

}  // namespace
}  // namespace tcpplexd
