// What a shard does with packets that are not TCP for itself: forwarding, ICMP errors, martians.
#include "lab_nodes.hpp"
#include "stack/ip/icmp.hpp"
#include "stack/ip/input.hpp"

#include <gtest/gtest.h>

namespace stack {
namespace {

using namespace stack::testing;
using type = interface_settings::kind;

/// One stack with two devices: 10.0.0.1/24 and 10.2.0.1/24 (MTU 1400).
class ip_shard : public ::testing::Test {
  protected:
    ip_shard() {
        lab_.add();
        auto& c = n().config;
        c.interfaces.push_back({"OSB", type::device, addr("10.2.0.1"), 24, 1400, true, {}});
        c.routes = {{{addr("10.0.0.0"), 24}, {}, 1, 0}, {{addr("10.2.0.0"), 24}, {}, 2, 0}};
        c.ip.forwarding = true;
        lab_.start();
    }
    node& n() { return *lab_.nodes[0]; }
    void receive(bytes const& packet, offload const& meta = {}) {
        n().it.receive(1, packet, meta, lab_.now);
    }
    bytes transit(std::size_t payload) {
        return tcp_packet({at("10.0.0.9", 1), at("10.2.0.9", 2), ack, 1, 1, pattern(payload)});
    }
    /// Type and code of the only packet sent, which must be an ICMP error to 10.0.0.9.
    std::pair<unsigned, unsigned> error_sent() {
        if (n().sent.size() != 1) return {255, n().sent.size()};
        ip::inbound in;
        EXPECT_EQ(ip::parse(n().sent[0].data, {}, in), ip::drop_reason::none);
        EXPECT_EQ(in.destination, addr("10.0.0.9"));
        EXPECT_EQ(in.protocol, wire::protocol::icmp);
        return {std::to_integer<unsigned>(in.payload[0]), std::to_integer<unsigned>(in.payload[1])};
    }

    lab lab_;
};

TEST_F(ip_shard, transit_packets_leave_by_the_route_with_one_hop_less) {
    auto packet = transit(100);
    receive(packet);
    ASSERT_EQ(n().sent.size(), 1U);
    EXPECT_EQ(n().sent[0].interface, 2U);
    wire::decrement_ttl(packet);
    EXPECT_EQ(n().sent[0].data, packet);
    ip::inbound in;
    EXPECT_EQ(ip::parse(n().sent[0].data, {}, in), ip::drop_reason::none);
}

TEST_F(ip_shard, a_super_segment_in_transit_keeps_its_metadata) {
    auto packet = transit(20000);
    unfinish(packet);
    offload const meta{offload::segmentation::tcp4, 1360, true, 20, 16};
    receive(packet, meta);
    ASSERT_EQ(n().sent.size(), 1U);
    EXPECT_EQ(n().sent[0].meta, meta);
}

TEST_F(ip_shard, segments_too_big_for_the_next_device_are_reported_with_its_mtu) {
    auto packet = transit(20000);
    unfinish(packet);
    receive(packet, {offload::segmentation::tcp4, 1361, true, 20, 16});
    EXPECT_EQ(error_sent(), std::pair(3U, 4U));
    EXPECT_EQ(load_be16(n().sent[0].data.data() + 26), 1400);
}

TEST_F(ip_shard, what_may_be_cut_is_cut_for_the_next_device) {
    auto packet = transit(1400);
    store_be16(packet.data() + 6, 0);
    reseal(packet);
    receive(packet);
    ASSERT_EQ(n().sent.size(), 2U);
    bytes payload;
    for (std::size_t i = 0; i < 2; ++i) {
        ip::inbound in;
        ASSERT_EQ(ip::parse(n().sent[i].data, {}, in), ip::drop_reason::none);
        EXPECT_LE(in.packet.size(), 1400U);
        ASSERT_TRUE(in.fragment);
        EXPECT_EQ(in.fragment->identification, 77U);
        EXPECT_EQ(in.fragment->offset, payload.size());
        EXPECT_EQ(in.fragment->more, i == 0);
        EXPECT_EQ(in.ttl, 63);
        payload.insert(payload.end(), in.payload.begin(), in.payload.end());
    }
    EXPECT_TRUE(std::equal(payload.begin(), payload.end(), packet.begin() + 20, packet.end()));
}

TEST_F(ip_shard, a_fragment_that_is_cut_again_keeps_its_place) {
    auto packet = transit(1388);
    store_be16(packet.data() + 6, 0x2000 | 100);
    reseal(packet);
    receive(packet);
    ASSERT_EQ(n().sent.size(), 2U);
    ip::inbound in;
    ASSERT_EQ(ip::parse(n().sent[1].data, {}, in), ip::drop_reason::none);
    ASSERT_TRUE(in.fragment);
    EXPECT_EQ(in.fragment->offset, 800U + 1376);
    EXPECT_TRUE(in.fragment->more);
}

TEST_F(ip_shard, a_super_segment_that_may_be_cut_becomes_fragments_of_segments) {
    auto packet = transit(2800);
    store_be16(packet.data() + 6, 0);
    reseal(packet);
    unfinish(packet);
    receive(packet, {offload::segmentation::tcp4, 1400, true, 20, 16});
    ASSERT_EQ(n().sent.size(), 4U);
    for (auto const& sent : n().sent) {
        EXPECT_LE(sent.data.size(), 1400U);
        EXPECT_EQ(sent.meta, offload{});
    }
}

TEST_F(ip_shard, an_echo_larger_than_the_path_goes_both_ways_in_fragments) {
    auto const request = icmp(addr("10.0.0.9"), addr("10.0.0.1"), 8, 0, 1, pattern(2952));
    for (std::size_t at : {1480UL, 0UL}) {
        auto part = ipv4(wire::protocol::icmp, addr("10.0.0.9"), addr("10.0.0.1"),
                         std::span(request).subspan(20 + at, 1480));
        store_be16(part.data() + 6, static_cast<std::uint16_t>(at / 8 | (at == 0 ? 0x2000U : 0U)));
        reseal(part);
        receive(part);
    }
    ASSERT_EQ(n().sent.size(), 2U);
    EXPECT_EQ(n().counter("ip.fragments_in"), 2U);
    EXPECT_EQ(n().counter("ip.fragments_out"), 2U);
    EXPECT_TRUE(std::equal(n().sent[1].data.begin() + 20, n().sent[1].data.end(),
                           request.begin() + 20 + 1480));
}

TEST_F(ip_shard, a_fragment_without_the_rest_is_told_to_the_sender_after_a_minute) {
    auto part = ipv4(wire::protocol::udp, addr("10.0.0.9"), addr("10.0.0.1"), bytes(16));
    store_be16(part.data() + 6, 0x2000);
    reseal(part);
    receive(part);
    n().config.ip.reassembly_timeout = std::chrono::seconds(5);
    n().configure();
    lab_.run(std::chrono::seconds(59));
    EXPECT_TRUE(n().sent.empty()) << "a datagram keeps the time it was given";
    lab_.run(std::chrono::seconds(2));
    EXPECT_EQ(error_sent(), std::pair(11U, 1U));
}

TEST_F(ip_shard, fragments_too_small_to_tell_their_ports_are_dropped) {
    auto first = ipv4(wire::protocol::tcp, addr("10.0.0.9"), addr("10.0.0.1"), bytes(16));
    store_be16(first.data() + 6, 0x2000);
    reseal(first);
    receive(first);
    auto over = ipv4(wire::protocol::tcp, addr("10.0.0.9"), addr("10.0.0.1"), bytes(16));
    store_be16(over.data() + 6, 0x0001);
    reseal(over);
    receive(over);
    EXPECT_EQ(n().counter("drop.bad_fragment"), 2U);
    EXPECT_FALSE(n().it.next_deadline());
}

TEST_F(ip_shard, without_datagramfwd_nothing_is_in_transit) {
    n().config.ip.forwarding = false;
    n().configure();
    receive(transit(10));
    EXPECT_TRUE(n().sent.empty());
    EXPECT_EQ(n().counter("drop.forwarding_off"), 1U);
}

TEST_F(ip_shard, the_last_hop_is_told_to_the_sender) {
    auto packet = transit(10);
    packet[8] = std::byte{1};
    reseal(packet);
    receive(packet);
    EXPECT_EQ(error_sent(), std::pair(11U, 0U));
}

TEST_F(ip_shard, a_destination_without_route_is_reported) {
    receive(tcp_packet({at("10.0.0.9", 1), at("192.0.2.1", 2), ack}));
    EXPECT_EQ(error_sent(), std::pair(3U, 0U));
}

TEST_F(ip_shard, unknown_ports_and_protocols_are_reported) {
    receive(udp_packet(at("10.0.0.9", 5), at("10.0.0.1", 9), bytes(4)));
    EXPECT_EQ(error_sent(), std::pair(3U, 3U));
    n().sent.clear();
    receive(ipv4(wire::protocol::gre, addr("10.0.0.9"), addr("10.0.0.1"), bytes(12)));
    EXPECT_EQ(error_sent(), std::pair(3U, 2U));
}

TEST_F(ip_shard, an_error_quotes_the_packet_within_576_bytes) {
    auto const packet = udp_packet(at("10.0.0.9", 5), at("10.0.0.1", 9), pattern(1392));
    receive(packet);
    ASSERT_EQ(n().sent.size(), 1U);
    auto const& sent = n().sent[0].data;
    ASSERT_EQ(sent.size(), 576U);
    EXPECT_TRUE(std::equal(sent.begin() + 28, sent.end(), packet.begin()));
}

TEST_F(ip_shard, no_error_answers_an_error) {
    auto packet = icmp(addr("10.0.0.9"), addr("10.2.0.9"), 3, 1, 0, bytes(28));
    packet[8] = std::byte{1};
    reseal(packet);
    receive(packet);
    EXPECT_TRUE(n().sent.empty());
}

TEST_F(ip_shard, errors_are_limited_in_rate) {
    for (int i = 0; i < 60; ++i)
        receive(udp_packet(at("10.0.0.9", 5), at("10.0.0.1", 9), bytes(4)));
    EXPECT_EQ(n().sent.size(), ip::icmp::error_burst);
    EXPECT_EQ(n().counter("drop.icmp_limited"), 10U);
    lab_.now += duration(std::chrono::seconds(1)) / ip::icmp::error_rate;
    receive(udp_packet(at("10.0.0.9", 5), at("10.0.0.1", 9), bytes(4)));
    EXPECT_EQ(n().sent.size(), ip::icmp::error_burst + 1);
}

TEST_F(ip_shard, a_packet_from_our_own_address_is_a_lie) {
    receive(tcp_packet({at("10.2.0.1", 1), at("10.0.0.1", 2), syn}));
    EXPECT_EQ(n().counter("drop.martian_source"), 1U);
    EXPECT_TRUE(n().sent.empty());
}

TEST_F(ip_shard, icmp_errors_about_nothing_of_ours_are_counted) {
    auto const quoted = tcp_packet({at("10.0.0.1", 1), at("10.0.0.9", 2), ack});
    receive(icmp(addr("10.0.0.9"), addr("10.0.0.1"), 3, 1, 0, quoted));
    EXPECT_EQ(n().counter("drop.icmp_unmatched"), 1U);
    for (std::size_t size = 0; size < 28; ++size)
        receive(icmp(addr("10.0.0.9"), addr("10.0.0.1"), 3, 1, 0, std::span(quoted).first(size)));
    EXPECT_EQ(n().counter("drop.truncated"), 28U);
}

TEST_F(ip_shard, time_exceeded_and_parameter_problem_end_no_connect) {
    auto const s = n().open();
    n().it.connect(s, at("10.0.0.9", 7), lab_.now);
    n().it.advance(lab_.now);
    for (unsigned what : {11U, 12U})
        receive(icmp(addr("10.0.0.9"), addr("10.0.0.1"), static_cast<std::uint8_t>(what), 0, 0,
                     n().sent[0].data));
    EXPECT_FALSE(n().has(event::kind::connected, s));
    EXPECT_EQ(n().counter("drop.icmp_unknown"), 0U);
}

TEST_F(ip_shard, a_port_unreachable_ends_a_connect) {
    auto const s = n().open();
    n().it.connect(s, at("10.0.0.9", 7), lab_.now);
    n().it.advance(lab_.now);
    ASSERT_EQ(n().sent.size(), 1U);
    receive(icmp(addr("10.0.0.9"), addr("10.0.0.1"), 3, 3, 0, n().sent[0].data));
    EXPECT_TRUE(n().expect(event::kind::connected, s).error);
}

TEST_F(ip_shard, a_tiny_range_is_used_up_port_by_port_and_never_shares_one) {
    n().config.tcp.first_ephemeral = 5000;
    n().config.tcp.last_ephemeral = 5003;
    n().configure();
    std::vector<std::uint16_t> ports;
    for (int i = 0; i < 4; ++i) {
        auto const s = n().open();
        n().it.connect(s, at("10.0.0.9", static_cast<std::uint16_t>(7 + i)), lab_.now);
        ports.push_back(n().it.tuple(s)->local.port);
    }
    std::sort(ports.begin(), ports.end());
    EXPECT_EQ(ports, (std::vector<std::uint16_t>{5000, 5001, 5002, 5003}));
    auto const s = n().open();
    n().it.connect(s, at("10.0.0.9", 99), lab_.now);
    EXPECT_EQ(n().expect(event::kind::connected, s).error,
              boost::system::errc::make_error_code(boost::system::errc::address_not_available));
}

TEST_F(ip_shard, a_connection_whose_address_goes_away_fails) {
    auto const s = n().open();
    n().it.connect(s, at("10.0.0.9", 7), lab_.now);
    n().config.interfaces[1].host = addr("10.0.0.77");
    n().configure();
    n().expect(event::kind::failed, s);
}

}  // namespace
}  // namespace stack
