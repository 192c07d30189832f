#include "stack/wire/udp.hpp"

#include "packet_builder.hpp"

#include <gtest/gtest.h>

namespace stack {
namespace {

using namespace stack::testing;

bytes datagram(std::uint16_t length, std::size_t there) {
    bytes out(there);
    if (there >= 6) store_be16(out.data() + 4, length);
    return out;
}

// rfc: 768-fields
TEST(udp, a_header_is_read_as_it_was_written) {
    auto const header = wire::udp_header_bytes(40000, 53, 3);
    bytes packet(header.begin(), header.end());
    store_be16(packet.data() + wire::udp_checksum_offset, 0x1234);
    for (int c : {'a', 'b', 'c', '!'})
        packet.push_back(static_cast<std::byte>(c));
    auto const read = wire::parse_udp(packet);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->source_port, 40000);
    EXPECT_EQ(read->destination_port, 53);
    EXPECT_EQ(read->checksum, 0x1234);
    EXPECT_EQ(read->payload().size(), 3U) << "what IP carries behind it is nobody's";
    EXPECT_EQ(read->payload()[2], std::byte{'c'});
}

// rfc: 768-fields
TEST(udp, lengths_that_can_not_be_are_refused) {
    EXPECT_FALSE(wire::parse_udp(datagram(8, 0)));
    EXPECT_FALSE(wire::parse_udp(datagram(8, 7)));
    EXPECT_FALSE(wire::parse_udp(datagram(0, 8)));
    EXPECT_FALSE(wire::parse_udp(datagram(7, 8)));
    EXPECT_FALSE(wire::parse_udp(datagram(9, 8)));
    EXPECT_TRUE(wire::parse_udp(datagram(8, 8)));
}

// rfc: 768-fields
TEST(udp, a_checksum_of_zero_is_sent_as_all_ones) {
    EXPECT_EQ(wire::udp_checksum_field(0), 0xffff);
    EXPECT_EQ(wire::udp_checksum_field(1), 1);
}

}  // namespace
}  // namespace stack
