// What an address is and where its prefixes end.
#include "stack/wire/address.hpp"

#include <gtest/gtest.h>

#include <array>

namespace stack {
namespace {

address addr(char const* text) {
    return address::parse(text).value();
}

TEST(address, kinds_of_both_families) {
    EXPECT_TRUE(addr("224.0.0.1").is_multicast());
    EXPECT_FALSE(addr("240.0.0.1").is_multicast());
    EXPECT_TRUE(addr("ff02::1").is_multicast());
    EXPECT_FALSE(addr("fe80::1").is_multicast());
    EXPECT_TRUE(addr("169.254.1.1").is_link_local());
    EXPECT_FALSE(addr("169.253.1.1").is_link_local());
    EXPECT_TRUE(addr("febf::1").is_link_local());
    EXPECT_FALSE(addr("fec0::1").is_link_local());
}

TEST(address, masks_leave_the_first_bits) {
    EXPECT_EQ(addr("10.255.255.255").masked(9), addr("10.128.0.0"));
    EXPECT_EQ(addr("10.255.255.255").masked(32), addr("10.255.255.255"));
    EXPECT_EQ(addr("10.255.255.255").masked(0), addr("0.0.0.0"));
    EXPECT_EQ(addr("2001:db8:ffff::1").masked(33), addr("2001:db8:8000::"));
    EXPECT_EQ(addr("2001:db8::1").masked(128), addr("2001:db8::1"));
    EXPECT_EQ(addr("2001:db8::1").masked(0), addr("::"));
}

TEST(address, a_prefix_ends_at_its_length) {
    auto const host = addr("2001:db8:1234:5678:9abc:def0:1234:5678");
    for (unsigned length = 0; length < 128; ++length) {
        auto other = host.bytes();
        other[length / 8] ^= static_cast<std::uint8_t>(0x80U >> length % 8);
        auto const to = [&](unsigned bits) {
            return prefix{host, static_cast<std::uint8_t>(bits)};
        };
        EXPECT_TRUE(to(length).contains(address(other))) << length;
        EXPECT_FALSE(to(length + 1).contains(address(other))) << length;
    }
    EXPECT_FALSE((prefix{addr("::"), 0}.contains(addr("10.1.1.1"))));
}

TEST(address, is_ordered_as_its_bytes_are) {
    std::array const sorted{addr("::"),        addr("::1"),      addr("0.0.0.255"),
                            addr("10.0.0.0"),  addr("10.0.1.0"), addr("::1:0:0:0"),
                            addr("0:0:0:1::"), addr("ff::")};
    for (std::size_t i = 0; i < sorted.size(); ++i)
        for (std::size_t j = 0; j < sorted.size(); ++j) {
            EXPECT_EQ(sorted[i] < sorted[j], sorted[i].bytes() < sorted[j].bytes())
                << i << ' ' << j;
            EXPECT_EQ(sorted[i] == sorted[j], i == j) << i << ' ' << j;
        }
}

TEST(address, a_masked_address_is_in_the_prefix) {
    auto const host = addr("2001:db8:1234:5678:9abc:def0:1234:5678");
    for (std::uint8_t length = 0; length <= 128; ++length)
        EXPECT_TRUE((prefix{host.masked(length), length}.contains(host))) << unsigned{length};
}

}  // namespace
}  // namespace stack
