// Each way in which offload metadata can contradict a packet is refused.
#include "stack/tun/offload_check.hpp"

#include "packet_builder.hpp"

#include <gtest/gtest.h>

namespace stack::tun {
namespace {

using namespace stack::testing;

bytes data_packet(std::size_t payload) {
    return tcp_packet(
        {at("10.0.0.1", 1000), at("10.0.0.2", 2000), ack | psh, 5, 6, pattern(payload)});
}

vnet_header super_header(std::uint16_t gso_size) {
    return {vnet_header::needs_checksum, vnet_header::gso_tcp4, 40, gso_size, 20, 16};
}

TEST(offload_check, a_plain_packet_needs_nothing) {
    EXPECT_EQ(check_offload({}, data_packet(100)), offload{});
}

TEST(offload_check, a_super_segment_keeps_size_and_checksum_place) {
    auto const meta = check_offload(super_header(1000), data_packet(5000));
    ASSERT_TRUE(meta);
    EXPECT_EQ(meta->kind, offload::segmentation::tcp4);
    EXPECT_EQ(meta->gso_size, 1000);
    EXPECT_TRUE(meta->checksum_partial);
    EXPECT_EQ(meta->checksum_start, 20);
    EXPECT_EQ(meta->checksum_offset, 16);
}

TEST(offload_check, ipv6_has_a_longer_header_and_its_own_type) {
    auto packet =
        tcp_packet({at("2001:db8::1", 1), at("2001:db8::2", 2), ack, 5, 6, pattern(5000)});
    vnet_header header{vnet_header::needs_checksum, vnet_header::gso_tcp6, 60, 1000, 40, 16};
    auto const meta = check_offload(header, packet);
    ASSERT_TRUE(meta);
    EXPECT_EQ(meta->kind, offload::segmentation::tcp6);
    EXPECT_EQ(meta->checksum_start, 40);
    header.gso_type = vnet_header::gso_tcp4;
    EXPECT_FALSE(check_offload(header, packet));
    header.gso_type = vnet_header::gso_tcp6;
    packet.push_back(std::byte{0});
    EXPECT_FALSE(check_offload(header, packet)) << "bytes behind the packet";
    packet.pop_back();
    packet[6] = std::byte{43};
    EXPECT_FALSE(check_offload(header, packet)) << "an extension header";
}

TEST(offload_check, the_ecn_bit_is_no_type_of_its_own) {
    auto header = super_header(1000);
    header.gso_type |= vnet_header::gso_ecn;
    EXPECT_TRUE(check_offload(header, data_packet(5000)));
}

TEST(offload_check, unknown_segmentation_is_refused) {
    for (unsigned type : {2U, 3U, 5U, 6U, 0x7fU}) {
        auto header = super_header(1000);
        header.gso_type = static_cast<std::uint8_t>(type);
        EXPECT_FALSE(check_offload(header, data_packet(5000))) << type;
    }
}

TEST(offload_check, segmentation_of_the_other_ip_version_is_refused) {
    auto header = super_header(1000);
    header.gso_type = vnet_header::gso_tcp6;
    EXPECT_FALSE(check_offload(header, data_packet(5000)));
}

TEST(offload_check, segmentation_of_what_is_not_tcp_is_refused) {
    auto packet = data_packet(5000);
    packet[9] = std::byte{17};
    reseal(packet);
    EXPECT_FALSE(check_offload(super_header(1000), packet));
    vnet_header udp = super_header(1000);
    udp.checksum_offset = 6;
    EXPECT_FALSE(check_offload(udp, packet));
}

TEST(offload_check, segments_of_no_bytes_are_refused) {
    EXPECT_FALSE(check_offload(super_header(0), data_packet(5000)));
}

TEST(offload_check, segmentation_without_checksum_work_is_refused) {
    auto header = super_header(1000);
    header.flags = 0;
    EXPECT_FALSE(check_offload(header, data_packet(5000)));
}

TEST(offload_check, a_checksum_elsewhere_than_in_the_tcp_header_is_refused) {
    for (unsigned start : {0U, 14U, 19U, 21U, 24U, 60U, 65535U}) {
        auto header = super_header(1000);
        header.checksum_start = static_cast<std::uint16_t>(start);
        EXPECT_FALSE(check_offload(header, data_packet(5000))) << start;
    }
    for (unsigned offset : {0U, 6U, 15U, 17U, 65535U}) {
        auto header = super_header(1000);
        header.checksum_offset = static_cast<std::uint16_t>(offset);
        EXPECT_FALSE(check_offload(header, data_packet(5000))) << offset;
    }
}

TEST(offload_check, the_header_length_given_is_not_believed) {
    auto header = super_header(1000);
    header.header_length = 65535;
    EXPECT_TRUE(check_offload(header, data_packet(5000)));
}

TEST(offload_check, a_packet_without_whole_headers_is_refused) {
    auto const packet = data_packet(0);
    for (std::size_t size = 0; size < packet.size(); ++size)
        EXPECT_FALSE(check_offload(super_header(1000), std::span(packet).first(size))) << size;
}

TEST(offload_check, a_tcp_header_longer_than_the_packet_is_refused) {
    auto packet = data_packet(10);
    packet[20 + 12] = std::byte{0xf0};
    EXPECT_FALSE(check_offload(super_header(1000), packet));
    packet[20 + 12] = std::byte{0x40};
    EXPECT_FALSE(check_offload(super_header(1000), packet));
}

TEST(offload_check, a_fragment_is_refused) {
    auto packet = data_packet(5000);
    store_be16(packet.data() + 6, 0x2000);
    reseal(packet);
    EXPECT_FALSE(check_offload(super_header(1000), packet));
}

TEST(offload_check, bytes_behind_the_packet_are_refused) {
    auto packet = data_packet(5000);
    packet.push_back(std::byte{0});
    EXPECT_FALSE(check_offload(super_header(1000), packet));
}

TEST(offload_check, a_udp_checksum_may_be_left_to_do) {
    bytes udp(8 + 4);
    auto const packet = ipv4(wire::protocol::udp, addr("10.0.0.1"), addr("10.0.0.2"), udp);
    EXPECT_TRUE(check_offload({vnet_header::needs_checksum, 0, 0, 0, 20, 6}, packet));
    EXPECT_FALSE(check_offload({vnet_header::needs_checksum, 0, 0, 0, 20, 16}, packet));
}

TEST(offload_check, a_checksum_said_to_be_verified_is_verified_again) {
    auto const meta = check_offload({vnet_header::data_valid, 0, 0, 0, 0, 0}, data_packet(10));
    ASSERT_TRUE(meta);
    EXPECT_FALSE(meta->checksum_partial);
}

TEST(offload_check, our_own_form_survives_the_way_to_the_device_and_back) {
    auto const packet = data_packet(5000);
    auto const meta = check_offload(super_header(1234), packet).value();
    EXPECT_EQ(check_offload(to_vnet_header(meta, 40), packet), meta);
}

}  // namespace
}  // namespace stack::tun
