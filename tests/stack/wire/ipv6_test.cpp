// The IPv6 header, written and read.
#include "stack/wire/ipv6.hpp"

#include "stack/wire/checksum.hpp"
#include "stack/wire/ipv4.hpp"

#include <gtest/gtest.h>

#include <array>

namespace stack::wire {
namespace {

TEST(ipv6, what_is_written_is_read) {
    ipv6_header header;
    header.ecn = 2;
    header.flow_label = 0xabcde;
    header.payload_length = 0x1234;
    header.next_header = protocol::icmp6;
    header.hop_limit = 7;
    header.source = address::parse("2001:db8::1").value();
    header.destination = address::parse("fe80::2").value();
    std::array<std::byte, ipv6_view::minimum> bytes;
    bytes.fill(std::byte{0xff});
    write(header, bytes);
    ipv6_view const view(bytes);
    EXPECT_EQ(view.version(), 6U);
    EXPECT_EQ(view.ecn(), 2U);
    EXPECT_EQ(view.traffic_class(), 2U);
    EXPECT_EQ(view.flow_label(), 0xabcdeU);
    EXPECT_EQ(view.payload_length(), 0x1234);
    EXPECT_EQ(view.next_header(), 58);
    EXPECT_EQ(view.hop_limit(), 7);
    EXPECT_EQ(view.source(), header.source);
    EXPECT_EQ(view.destination(), header.destination);
    decrement_hop_limit(bytes);
    EXPECT_EQ(view.hop_limit(), 6);
}

TEST(ipv4, a_fragment_keeps_a_right_checksum) {
    ipv4_header header;
    header.dont_fragment = false;
    header.source = address::v4(0x0a000001);
    header.destination = address::v4(0x0a000002);
    std::array<std::byte, ipv4_view::minimum> bytes{};
    write(header, bytes);
    set_fragment(bytes, 120, 65528, true);
    ipv4_view const view(bytes);
    EXPECT_EQ(view.total_length(), 120);
    EXPECT_EQ(view.fragment_offset(), 65528U);
    EXPECT_TRUE(view.more_fragments());
    EXPECT_FALSE(view.dont_fragment());
    checksum sum;
    sum.add(bytes);
    EXPECT_EQ(sum.value(), 0);
}

}  // namespace
}  // namespace stack::wire
