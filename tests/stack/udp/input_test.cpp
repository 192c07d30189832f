// Datagrams and errors that arrive.
#include "udp_shard.hpp"

namespace stack {
namespace {

using namespace stack::testing;
namespace errc = boost::system::errc;

class udp_input : public udp_shard {};

// rfc: 1122-4.1.3.5
TEST_F(udp_input, the_user_learns_both_addresses) {
    auto const s = bound({{}, 53});
    receive(peer, {us, 53}, "text");
    auto const d = it().front(s);
    ASSERT_TRUE(d);
    EXPECT_EQ(d->source, peer);
    EXPECT_EQ(d->local, us);
    EXPECT_EQ(n().counter("udp.datagrams_in"), 1U);
}

TEST_F(udp_input, an_event_tells_that_there_is_something_new) {
    auto const s = it().open("JOB", 77);
    ASSERT_FALSE(it().bind(s, {us, 53}));
    receive(peer, {us, 53}, "a");
    receive(peer, {us, 53}, "b");
    ASSERT_EQ(it().events().size(), 1U);
    EXPECT_EQ(it().events()[0].socket, s);
    EXPECT_EQ(it().events()[0].cookie, 77U);
    it().clear_events();
    EXPECT_EQ(take(s), "a");
    EXPECT_EQ(take(s), "b");
    receive(peer, {us, 53}, "");
    EXPECT_EQ(it().events().size(), 1U);
    EXPECT_EQ(take(s), "") << "an empty datagram is one, too";
    EXPECT_EQ(take(s), "-");
}

// rfc: 768-fields
TEST_F(udp_input, a_datagram_without_checksum_is_taken_over_ipv4) {
    auto const s = bound({{}, 53});
    auto packet = udp_packet(peer, {us, 53}, pattern(4));
    store_be16(packet.data() + 20 + wire::udp_checksum_offset, 0);
    receive(packet);
    EXPECT_NE(take(s), "-");
}

// rfc: 8200-8.1
TEST_F(udp_input, a_datagram_without_checksum_is_refused_over_ipv6) {
    auto const s = bound({{}, 53});
    auto packet = udp_packet(peer6, {us6, 53}, pattern(4));
    store_be16(packet.data() + 40 + wire::udp_checksum_offset, 0);
    receive(packet);
    EXPECT_EQ(take(s), "-");
    EXPECT_EQ(n().counter("drop.bad_udp_checksum"), 1U);
}

// rfc: 1122-4.1.3.4
TEST_F(udp_input, a_wrong_checksum_ends_a_datagram_silently) {
    auto const s = bound({{}, 53});
    for (bool const v4 : {true, false}) {
        auto packet =
            v4 ? udp_packet(peer, {us, 53}, pattern(5)) : udp_packet(peer6, {us6, 53}, pattern(5));
        packet.back() ^= std::byte{1};
        receive(packet);
        packet = v4 ? udp_packet(peer, {us, 54}, pattern(5)) : udp_packet(peer6, {us6, 54}, {});
        packet.back() ^= std::byte{1};
        receive(packet);
    }
    EXPECT_EQ(take(s), "-");
    EXPECT_EQ(n().counter("drop.bad_udp_checksum"), 4U);
    EXPECT_TRUE(n().sent.empty());
}

TEST_F(udp_input, the_device_may_vouch_for_a_checksum) {
    auto const s = bound({{}, 53});
    auto packet = udp_packet(peer, {us, 53}, pattern(5));
    store_be16(packet.data() + 20 + wire::udp_checksum_offset, 0x7777);
    offload meta;
    meta.checksum_partial = true;
    meta.checksum_start = 20;
    meta.checksum_offset = wire::udp_checksum_offset;
    receive(packet, meta);
    EXPECT_NE(take(s), "-");
}

// rfc: 768-fields
TEST_F(udp_input, a_length_beyond_the_packet_ends_a_datagram) {
    auto const s = bound({{}, 53});
    auto packet = udp_packet(peer, {us, 53}, pattern(5));
    store_be16(packet.data() + 20 + 4, 14);
    receive(packet);
    EXPECT_EQ(take(s), "-");
    EXPECT_EQ(n().counter("drop.bad_udp_length"), 1U);
}

// rfc: 1122-4.1.3.1
TEST_F(udp_input, a_port_that_nobody_has_is_reported) {
    bound({us, 53});
    receive(peer, {us, 54}, "text");
    ASSERT_EQ(n().sent.size(), 1U);
    EXPECT_EQ(n().sent[0].data[20], std::byte{3});
    EXPECT_EQ(n().sent[0].data[21], std::byte{3});
    receive(peer, at("10.0.0.255", 54), "text");
    receive(peer, at("255.255.255.255", 54), "text");
    receive(peer, at("224.0.0.1", 54), "text");
    EXPECT_EQ(n().sent.size(), 1U) << "of what was sent to many, nobody is told";
}

TEST_F(udp_input, a_full_queue_drops_and_counts) {
    n().config.udp.receive_buffer = 2 * (wire::udp_header_length + 100);
    n().configure();
    auto const s = bound({us, 53});
    for (int i = 0; i < 3; ++i)
        receive(udp_packet(peer, {us, 53}, pattern(100)));
    EXPECT_EQ(n().counter("drop.udp_queue_full"), 1U);
    take(s);
    receive(udp_packet(peer, {us, 53}, pattern(100)));
    EXPECT_EQ(n().counter("drop.udp_queue_full"), 1U);
    take(s);
    take(s);
    for (int i = 0; i < 40; ++i)
        receive(peer, {us, 53}, "");
    EXPECT_EQ(n().counter("drop.udp_queue_full"), 1U + 40 - 27) << "nor are empty ones for free";
}

TEST_F(udp_input, datagrams_keep_their_borders_and_bytes_in_any_order_of_sizes) {
    auto const s = bound({{}, 53});
    std::size_t const sizes[] = {1, 0, 1400, 7, 1000, 1472, 0, 3};
    for (int round = 0; round < 200; ++round) {
        for (auto size : sizes)
            receive(udp_packet(peer, {us, 53}, pattern(size)));
        for (auto size : sizes) {
            auto const d = it().front(s);
            ASSERT_TRUE(d);
            ASSERT_EQ(joined(d->payload), pattern(size));
            it().pop(s);
        }
        if (round % 3 == 0) receive(peer, {us, 53}, "left");
        if (round % 3 == 1) take(s);
        while (it().front(s))
            it().pop(s);
    }
}

// rfc: 1122-4.1.3.3
TEST_F(udp_input, what_icmp_says_is_told_to_a_connected_socket_once) {
    auto const s = bound({us, 53});
    ASSERT_FALSE(it().connect(s, peer));
    ASSERT_FALSE(send(s, {}, pattern(10)));
    receive(error_about_sent(3, 3));
    ASSERT_EQ(it().events().size(), 1U);
    EXPECT_EQ(it().take_error(s), errc::connection_refused);
    EXPECT_FALSE(it().take_error(s));
    receive(error_about_sent(3, 0));
    EXPECT_EQ(send(s, {}, pattern(10)), errc::network_unreachable);
    EXPECT_FALSE(send(s, {}, pattern(10)));
    receive(error_about_sent(11, 0));
    EXPECT_EQ(it().take_error(s), errc::host_unreachable);
}

// rfc: 1122-4.1.3.3
TEST_F(udp_input, what_icmp6_says_is_told_to_a_connected_socket) {
    auto const s = it().open("JOB", 1);
    ASSERT_FALSE(it().connect(s, peer6));
    ASSERT_FALSE(send(s, {}, pattern(10)));
    receive(error_about_sent(1, 4));
    EXPECT_EQ(it().take_error(s), errc::connection_refused);
}

TEST_F(udp_input, errors_about_others_are_not_told) {
    auto const s = bound({us, 53});
    ASSERT_FALSE(send(s, peer, pattern(10)));
    receive(error_about_sent(3, 3));
    EXPECT_FALSE(it().take_error(s)) << "it is not connected";
    auto const stranger = error_about_sent(3, 3);
    it().close(s);
    receive(stranger);
    EXPECT_EQ(n().counter("drop.icmp_unmatched"), 1U);
}

}  // namespace
}  // namespace stack
