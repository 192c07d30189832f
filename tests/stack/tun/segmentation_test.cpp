// Super-segments cut in software say the same as the whole.
#include "stack/packet/segmentation.hpp"

#include "packet_builder.hpp"
#include "stack/ip/input.hpp"

#include <gtest/gtest.h>

namespace stack {
namespace {

using namespace stack::testing;

bytes joined(fragments const& packet) {
    bytes out;
    for (auto piece : packet)
        out.insert(out.end(), piece.begin(), piece.end());
    return out;
}

offload super(std::uint16_t gso_size) {
    return {offload::segmentation::tcp4, gso_size, true, 20, 16};
}

std::vector<bytes> split(bytes const& packet, offload const& meta) {
    segmenter cutter;
    std::vector<bytes> out;
    fragments pieces;  // cut at an odd place: where fragments end must not matter
    pieces.push_back(std::span(packet).first(std::min<std::size_t>(packet.size(), 57)));
    pieces.push_back(std::span(packet).subspan(std::min<std::size_t>(packet.size(), 57)));
    EXPECT_TRUE(
        cutter.split(pieces, meta, [&](fragments const& piece) { out.push_back(joined(piece)); }));
    return out;
}

bytes unfinished(std::size_t payload, std::uint8_t flags) {
    auto packet = tcp_packet(
        {at("10.0.0.1", 1000), at("10.0.0.2", 2000), flags, 0xfffffff0U, 6, pattern(payload)});
    unfinish(packet);
    return packet;
}

TEST(segmentation, sizes_numbers_and_bytes_are_those_of_the_whole) {
    for (std::size_t payload : {1UL, 999UL, 1000UL, 1001UL, 2000UL, 65495UL}) {
        SCOPED_TRACE(payload);
        auto const parts = split(unfinished(payload, ack), super(1000));
        ASSERT_EQ(parts.size(), (payload + 999) / 1000);
        bytes all;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            ip::inbound packet;
            ASSERT_EQ(ip::parse(parts[i], {}, packet), ip::drop_reason::none);
            EXPECT_EQ(packet.packet.size(), parts[i].size());
            EXPECT_TRUE(ip::tcp_checksum_is_right(packet));
            EXPECT_EQ(load_be32(packet.payload.data() + 4),
                      0xfffffff0U + static_cast<std::uint32_t>(i * 1000));
            EXPECT_EQ(load_be16(packet.packet.data() + 4), 77 + i);
            all.insert(all.end(), packet.payload.begin() + 20, packet.payload.end());
        }
        EXPECT_EQ(all, pattern(payload));
    }
}

TEST(segmentation, fin_and_psh_ride_on_the_last_and_cwr_on_the_first) {
    auto const parts = split(unfinished(2500, ack | fin | psh | cwr), super(1000));
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(std::to_integer<unsigned>(parts[0][33]), ack | cwr);
    EXPECT_EQ(std::to_integer<unsigned>(parts[1][33]), ack);
    EXPECT_EQ(std::to_integer<unsigned>(parts[2][33]), ack | fin | psh);
}

TEST(segmentation, ipv6_is_cut_alike) {
    auto packet =
        tcp_packet({at("2001:db8::1", 1000), at("2001:db8::2", 2000), ack, 5, 6, pattern(65475)});
    unfinish(packet);
    auto const parts = split(packet, {offload::segmentation::tcp6, 1440, true, 40, 16});
    ASSERT_EQ(parts.size(), 46U);
    bytes all;
    for (auto const& part : parts) {
        ip::inbound in;
        ASSERT_EQ(ip::parse(part, {}, in), ip::drop_reason::none);
        EXPECT_EQ(in.packet.size(), part.size());
        EXPECT_TRUE(ip::tcp_checksum_is_right(in));
        EXPECT_EQ(load_be32(in.payload.data() + 4), 5 + all.size());
        all.insert(all.end(), in.payload.begin() + 20, in.payload.end());
    }
    EXPECT_EQ(all, pattern(65475));
}

TEST(segmentation, an_unfinished_checksum_of_ipv6_is_completed) {
    segment const whole{at("2001:db8::1", 1), at("2001:db8::2", 2), ack, 5, 6, pattern(99)};
    auto packet = tcp_packet(whole);
    unfinish(packet);
    auto const parts = split(packet, {offload::segmentation::none, 0, true, 40, 16});
    EXPECT_EQ(parts, std::vector<bytes>{tcp_packet(whole)});
}

TEST(segmentation, an_unfinished_checksum_is_completed) {
    auto const parts = split(unfinished(1234, ack), {offload::segmentation::none, 0, true, 20, 16});
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0], tcp_packet({at("10.0.0.1", 1000), at("10.0.0.2", 2000), ack, 0xfffffff0U, 6,
                                    pattern(1234)}));
}

TEST(segmentation, a_packet_that_needs_nothing_stays_as_it_is) {
    auto const packet =
        tcp_packet({at("10.0.0.1", 1000), at("10.0.0.2", 2000), ack, 1, 6, pattern(99)});
    EXPECT_EQ(split(packet, {}), std::vector<bytes>{packet});
}

TEST(segmentation, metadata_that_contradict_the_packet_send_nothing) {
    auto const packet = unfinished(10, ack);
    segmenter cutter;
    fragments pieces;
    pieces.push_back(std::span(packet).first(30));
    EXPECT_FALSE(cutter.split(pieces, super(1000), [](fragments const&) { FAIL(); }));
}

}  // namespace
}  // namespace stack
