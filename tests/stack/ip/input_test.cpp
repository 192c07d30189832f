// What an arriving packet must be like.
#include "stack/ip/input.hpp"

#include "packet_builder.hpp"

#include <gtest/gtest.h>

namespace stack::ip {
namespace {

using namespace stack::testing;

bytes sample() {
    return tcp_packet({at("192.0.2.1", 1), at("192.0.2.2", 2), syn});
}

drop_reason verdict(bytes const& packet) {
    inbound out;
    return parse(packet, {}, out);
}

TEST(ip_input, a_right_packet_passes_with_its_payload) {
    auto const packet = sample();
    inbound out;
    ASSERT_EQ(parse(packet, {}, out), drop_reason::none);
    EXPECT_EQ(out.source, addr("192.0.2.1"));
    EXPECT_EQ(out.destination, addr("192.0.2.2"));
    EXPECT_EQ(out.payload.size(), 20U);
    EXPECT_TRUE(tcp_checksum_is_right(out));
}

TEST(ip_input, marks_of_the_network_are_seen) {
    auto packet = sample();
    packet[1] = std::byte{0x03};
    reseal(packet);
    inbound out;
    ASSERT_EQ(parse(packet, {}, out), drop_reason::none);
    EXPECT_EQ(out.ecn, 3U);
}

TEST(ip_input, options_are_skipped) {
    auto packet = sample();
    packet.insert(packet.begin() + 20, 8, std::byte{1});
    packet[0] = std::byte{0x47};
    store_be16(packet.data() + 2, static_cast<std::uint16_t>(packet.size()));
    reseal(packet);
    inbound out;
    ASSERT_EQ(parse(packet, {}, out), drop_reason::none);
    EXPECT_EQ(load_be16(out.payload.data()), 1);
}

TEST(ip_input, bytes_behind_the_total_length_are_not_payload) {
    auto packet = sample();
    packet.resize(packet.size() + 6);
    inbound out;
    ASSERT_EQ(parse(packet, {}, out), drop_reason::none);
    EXPECT_EQ(out.payload.size(), 20U);
}

TEST(ip_input, no_prefix_of_a_packet_passes) {
    auto const packet = sample();
    for (std::size_t size = 0; size < packet.size(); ++size)
        EXPECT_NE(verdict({packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(size)}),
                  drop_reason::none)
            << size;
}

TEST(ip_input, version_lengths_and_checksum_are_verified) {
    auto packet = sample();
    packet[0] = std::byte{0x55};
    EXPECT_EQ(verdict(packet), drop_reason::bad_version);
    packet[0] = std::byte{0x44};
    EXPECT_EQ(verdict(packet), drop_reason::bad_header_length);
    packet = sample();
    store_be16(packet.data() + 2, 19);
    EXPECT_EQ(verdict(packet), drop_reason::bad_total_length);
    packet = sample();
    packet[8] ^= std::byte{1};
    EXPECT_EQ(verdict(packet), drop_reason::bad_header_checksum);
}

TEST(ip_input, a_fragment_says_where_it_belongs) {
    auto packet = sample();
    inbound out;
    ASSERT_EQ(parse(packet, {}, out), drop_reason::none);
    EXPECT_FALSE(out.fragment);
    store_be16(packet.data() + 6, 0x2000);
    reseal(packet);
    ASSERT_EQ(parse(packet, {}, out), drop_reason::none);
    ASSERT_TRUE(out.fragment);
    EXPECT_EQ(out.fragment->identification, 77U);
    EXPECT_EQ(out.fragment->offset, 0U);
    EXPECT_TRUE(out.fragment->more);
    store_be16(packet.data() + 6, 0x1fff);
    reseal(packet);
    ASSERT_EQ(parse(packet, {}, out), drop_reason::none);
    EXPECT_EQ(out.fragment->offset, 65528U);
    EXPECT_FALSE(out.fragment->more);
}

TEST(ip_input, a_wrong_tcp_checksum_is_seen_unless_vouched_for) {
    auto packet = sample();
    packet[20 + 16] ^= std::byte{1};
    inbound out;
    ASSERT_EQ(parse(packet, {}, out), drop_reason::none);
    EXPECT_FALSE(tcp_checksum_is_right(out));
    ASSERT_EQ(parse(packet, {offload::segmentation::none, 0, true, 20, 16}, out),
              drop_reason::none);
    EXPECT_TRUE(tcp_checksum_is_right(out));
}

TEST(ip_input, martians_are_told_from_hosts) {
    auto const good = addr("192.0.2.9");
    for (auto const* source :
         {"0.0.0.0", "0.1.2.3", "127.0.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"})
        EXPECT_EQ(check_martian(addr(source), good), drop_reason::martian_source) << source;
    for (auto const* to : {"0.0.0.0", "127.0.0.1", "224.0.0.5", "255.255.255.255"})
        EXPECT_EQ(check_martian(good, addr(to)), drop_reason::martian_destination) << to;
    EXPECT_EQ(check_martian(good, addr("10.1.1.1")), drop_reason::none);
}

TEST(ip_input, martians_of_ipv6_are_told_from_hosts) {
    auto const good = addr("2001:db8::9");
    for (auto const* never : {"::", "::1", "ff02::1", "ff0e::5"}) {
        EXPECT_EQ(check_martian(addr(never), good), drop_reason::martian_source) << never;
        EXPECT_EQ(check_martian(good, addr(never)), drop_reason::martian_destination) << never;
    }
    EXPECT_EQ(check_martian(addr("fe80::1"), good), drop_reason::none);
}

}  // namespace
}  // namespace stack::ip
