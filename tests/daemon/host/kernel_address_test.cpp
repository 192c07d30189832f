// Which address the kernel's end of a TUN device has.
#include "daemon/host/kernel_address.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace tcpplexd {
namespace {

using stack::address;

address ip(char const* text) {
    return address::parse(text).value();
}

TEST(kernel_address, the_host_settings_decide) {
    host_interface device;
    device.kernel_address = ip("10.1.1.253");
    EXPECT_EQ(kernel_address(device, ip("10.1.1.1"), std::vector{ip("10.1.1.254")}, 3),
              ip("10.1.1.253"));
}

TEST(kernel_address, else_the_first_next_hop_does) {
    std::vector const hops{address::any_v4(), ip("10.1.1.254"), ip("10.1.1.252")};
    EXPECT_EQ(kernel_address({}, ip("10.1.1.1"), hops, 3), ip("10.1.1.254"));
}

TEST(kernel_address, else_it_is_link_local_and_follows_from_the_index) {
    EXPECT_EQ(kernel_address({}, ip("10.1.1.1"), {}, 3), ip("169.254.1.4"));
    EXPECT_EQ(kernel_address({}, ip("10.1.1.1"), std::vector{address()}, 3), ip("169.254.1.4"));
}

TEST(kernel_address, of_an_ipv6_interface_is_an_ipv6_address) {
    EXPECT_EQ(kernel_address({}, ip("2001:db8::1"), {}, 0x12), ip("fe80::1:0:12"));
    EXPECT_EQ(kernel_address({}, ip("2001:db8::1"), std::vector{ip("fe80::1")}, 3), ip("fe80::1"));
}

TEST(kernel_address, link_local_addresses_are_distinct_and_in_the_range_of_rfc_3927) {
    std::set<address> seen;
    for (unsigned index = 1; index <= 1000; ++index) {
        auto const made = kernel_address({}, ip("10.1.1.1"), {}, index);
        EXPECT_TRUE(seen.insert(made).second) << made.to_string();
        EXPECT_LE(ip("169.254.1.0"), made);
        EXPECT_LE(made, ip("169.254.254.255"));
    }
    auto const far = kernel_address({}, ip("10.1.1.1"), {}, 4'000'000'000U);
    EXPECT_LE(ip("169.254.1.0"), far);
    EXPECT_LE(far, ip("169.254.254.255"));
}

}  // namespace
}  // namespace tcpplexd
