// IPv6 of a shard: ICMPv6, forwarding, and TCP over it.
#include "ipv6_headers.hpp"
#include "lab_nodes.hpp"
#include "stack/ip/icmp.hpp"
#include "stack/ip/input.hpp"

#include <gtest/gtest.h>

namespace stack {
namespace {

using namespace stack::testing;
using type = interface_settings::kind;

auto const us = addr("2001:db8::1");
auto const peer = addr("2001:db8::9");
auto const beyond = addr("2001:db8:2::9");

/// One stack with two IPv6 devices: 2001:db8::1/64 (index 2) and 2001:db8:2::1/64 (3, MTU 1400).
class ip6_shard : public ::testing::Test {
  protected:
    ip6_shard() {
        lab_.add();
        auto& c = n().config;
        c.interfaces.push_back({"OSA6", type::device, us, 64, 1500, true, {}});
        c.interfaces.push_back({"OSB6", type::device, addr("2001:db8:2::1"), 64, 1400, true, {}});
        c.routes = {{{us, 64}, {}, 2, 0}, {{addr("2001:db8:2::"), 64}, {}, 3, 0}};
        c.ip6.forwarding = true;
        lab_.start();
    }
    node& n() { return *lab_.nodes[0]; }
    void receive(bytes const& packet, offload const& meta = {}) {
        n().it.receive(2, packet, meta, lab_.now);
    }
    bytes transit(std::size_t payload) {
        return tcp_packet({{peer, 1}, {beyond, 2}, ack, 1, 1, pattern(payload)});
    }
    bytes echo(std::size_t payload) { return icmp(peer, us, 128, 0, 0x12345678, pattern(payload)); }
    /// The last packet sent, opened.
    ip::inbound sent() {
        ip::inbound in;
        if (n().sent.empty()) {
            ADD_FAILURE() << "nothing was sent";
            return in;
        }
        EXPECT_EQ(ip::parse(n().sent.back().data, n().sent.back().meta, in), ip::drop_reason::none);
        EXPECT_EQ(ip::open(in).reason, ip::drop_reason::none);
        return in;
    }
    struct told {
        unsigned type;
        unsigned code;
        std::uint32_t rest;
        friend bool operator==(told const&, told const&) = default;
    };
    /// The only packet sent, an ICMPv6 error to the peer that quotes `cause`.
    told error_about(bytes const& cause) {
        if (n().sent.size() != 1) return {255, static_cast<unsigned>(n().sent.size()), 0};
        auto const in = sent();
        EXPECT_EQ(in.destination, peer);
        EXPECT_EQ(in.protocol, wire::protocol::icmp6);
        EXPECT_LE(in.packet.size(), 1280U);
        auto sum = wire::pseudo_header(in.source, in.destination, in.protocol,
                                       static_cast<std::uint16_t>(in.payload.size()));
        sum.add(in.payload);
        EXPECT_EQ(sum.value(), 0);
        auto const quote = in.payload.subspan(8);
        EXPECT_TRUE(std::equal(quote.begin(), quote.end(), cause.begin()));
        EXPECT_EQ(quote.size(), std::min<std::size_t>(cause.size(), 1280 - 48));
        return {std::to_integer<unsigned>(in.payload[0]), std::to_integer<unsigned>(in.payload[1]),
                load_be32(in.payload.data() + 4)};
    }

    lab lab_;
};

TEST_F(ip6_shard, an_echo_comes_back) {
    auto const request = echo(1000);
    receive(request);
    auto const in = sent();
    EXPECT_EQ(n().sent[0].interface, 2U);
    EXPECT_EQ(in.source, us);
    EXPECT_EQ(in.destination, peer);
    EXPECT_EQ(std::to_integer<unsigned>(in.payload[0]), 129U);
    EXPECT_TRUE(std::equal(in.payload.begin() + 4, in.payload.end(), request.begin() + 44));
    EXPECT_NE(wire::ipv6_view(in.packet).flow_label(), 0U);
}

TEST_F(ip6_shard, a_wrong_checksum_is_not_answered) {
    auto request = echo(10);
    request.back() ^= std::byte{1};
    receive(request);
    EXPECT_TRUE(n().sent.empty());
    EXPECT_EQ(n().counter("drop.bad_icmp_checksum"), 1U);
}

TEST_F(ip6_shard, an_echo_larger_than_the_path_goes_both_ways_in_fragments) {
    auto const request = echo(4096);
    auto const body = std::span(request).subspan(40);
    for (std::size_t at = 0; at < body.size(); at += 1448) {
        std::size_t const count = std::min<std::size_t>(1448, body.size() - at);
        bool const more = at + count < body.size();
        receive(ipv6_with(peer, us, {fragment(99, static_cast<std::uint32_t>(at), more)},
                          wire::protocol::icmp6, body.subspan(at, count)));
    }
    EXPECT_EQ(n().counter("ip.reassembled"), 1U);
    ASSERT_EQ(n().sent.size(), 3U);
    bytes answer;
    for (auto const& packet : n().sent) {
        EXPECT_LE(packet.data.size(), 1500U);
        answer.insert(answer.end(), packet.data.begin() + 48, packet.data.end());
    }
    ASSERT_EQ(answer.size(), body.size());
    EXPECT_TRUE(std::equal(answer.begin() + 4, answer.end(), body.begin() + 4));
}

TEST_F(ip6_shard, the_last_fragment_missing_is_told_after_a_minute) {
    auto const request = echo(800);
    auto const first = ipv6_with(peer, us, {fragment(99, 0, true)}, wire::protocol::icmp6,
                                 std::span(request).subspan(40, 800));
    receive(first);
    EXPECT_EQ(n().it.next_deadline(), lab_.now + std::chrono::seconds(60));
    lab_.run(std::chrono::seconds(61));
    EXPECT_EQ(error_about(first), (told{3, 1, 0}));
}

TEST_F(ip6_shard, fragments_that_can_not_be_are_reported) {
    auto const odd = ipv6_with(peer, us, {fragment(1, 8, true)}, wire::protocol::udp, bytes(13));
    receive(odd);
    EXPECT_EQ(error_about(odd), (told{4, 0, 4}));
    n().sent.clear();
    auto const long_ =
        ipv6_with(peer, us, {fragment(2, 65528, false)}, wire::protocol::udp, bytes(16));
    receive(long_);
    EXPECT_EQ(error_about(long_), (told{4, 0, 42}));
    n().sent.clear();
    auto const blind = ipv6_with(peer, us, {fragment(3, 0, true)}, wire::protocol::tcp, bytes(16));
    receive(blind);
    EXPECT_EQ(error_about(blind), (told{4, 3, 0}));
}

TEST_F(ip6_shard, what_is_wrong_with_headers_is_reported) {
    auto const option =
        ipv6_with(peer, us, {options(wire::protocol::destination_options, {0x80, 4, 0, 0, 0, 0})},
                  wire::protocol::udp, bytes(8));
    receive(option);
    EXPECT_EQ(error_about(option), (told{4, 2, 42}));
    n().sent.clear();
    auto const unknown = ipv6(wire::protocol::gre, peer, us, bytes(20));
    receive(unknown);
    EXPECT_EQ(error_about(unknown), (told{4, 1, 6}));
    n().sent.clear();
    auto const port = udp_packet({peer, 5}, {us, 9}, bytes(12));
    receive(port);
    EXPECT_EQ(error_about(port), (told{1, 4, 0}));
    n().sent.clear();
    receive(ipv6(wire::protocol::none, peer, us, bytes(20)));
    receive(ipv6(wire::protocol::icmp, peer, us, bytes(20)));
    ASSERT_EQ(n().sent.size(), 1U) << "ICMP for IPv4 is no protocol of IPv6";
}

TEST_F(ip6_shard, no_error_answers_an_error_or_a_redirect) {
    for (unsigned message : {1U, 2U, 3U, 4U, 100U, 137U}) {
        auto packet = icmp(peer, beyond, static_cast<std::uint8_t>(message), 0, 0, bytes(48));
        packet[7] = std::byte{1};
        receive(packet);
    }
    EXPECT_TRUE(n().sent.empty());
    auto redirect = icmp(peer, us, 137, 0, 0, bytes(48));
    receive(redirect);
    EXPECT_TRUE(n().sent.empty());
}

TEST_F(ip6_shard, errors_are_limited_in_rate) {
    for (int i = 0; i < 60; ++i)
        receive(udp_packet({peer, 5}, {us, 9}, bytes(4)));
    EXPECT_EQ(n().sent.size(), ip::icmp::error_burst);
}

TEST_F(ip6_shard, transit_packets_leave_by_the_route_with_one_hop_less) {
    auto packet = transit(100);
    receive(packet);
    ASSERT_EQ(n().sent.size(), 1U);
    EXPECT_EQ(n().sent[0].interface, 3U);
    packet[7] = std::byte{63};
    EXPECT_EQ(n().sent[0].data, packet);
}

TEST_F(ip6_shard, routers_leave_extension_headers_alone) {
    auto packet = ipv6_with(peer, beyond, {routing(0, 1), fragment(1, 8, true)},
                            wire::protocol::udp, bytes(16));
    receive(packet);
    packet[7] = std::byte{63};
    ASSERT_EQ(n().sent.size(), 1U);
    EXPECT_EQ(n().sent[0].data, packet);
}

TEST_F(ip6_shard, packets_too_big_for_the_next_device_are_reported_never_cut) {
    auto const packet = transit(1361);
    receive(packet);
    EXPECT_EQ(error_about(packet), (told{2, 0, 1400}));
    n().sent.clear();
    auto super = transit(20000);
    unfinish(super);
    offload const meta{offload::segmentation::tcp6, 1340, true, 40, 16};
    receive(super, meta);
    ASSERT_EQ(n().sent.size(), 1U);
    EXPECT_EQ(n().sent[0].meta, meta);
}

TEST_F(ip6_shard, forwarding_of_each_family_is_its_own) {
    n().config.ip.forwarding = true;
    n().config.ip6.forwarding = false;
    n().configure();
    receive(transit(10));
    EXPECT_TRUE(n().sent.empty());
    EXPECT_EQ(n().counter("drop.forwarding_off"), 1U);
}

TEST_F(ip6_shard, the_last_hop_and_a_missing_route_are_told_to_the_sender) {
    auto packet = transit(10);
    packet[7] = std::byte{1};
    receive(packet);
    EXPECT_EQ(error_about(packet), (told{3, 0, 0}));
    EXPECT_EQ(sent().source, us);
    n().sent.clear();
    auto const lost = ipv6(wire::protocol::udp, peer, addr("2001:db8:3::1"), bytes(8));
    receive(lost);
    EXPECT_EQ(error_about(lost), (told{1, 0, 0}));
}

TEST_F(ip6_shard, link_local_addresses_are_not_for_other_links) {
    receive(ipv6(wire::protocol::udp, addr("fe80::9"), beyond, bytes(8)));
    receive(ipv6(wire::protocol::udp, peer, addr("fe80::77"), bytes(8)));
    EXPECT_TRUE(n().sent.empty());
    EXPECT_EQ(n().counter("drop.martian_source"), 1U);
    EXPECT_EQ(n().counter("drop.martian_destination"), 1U);
}

TEST_F(ip6_shard, a_connect_leaves_as_ipv6_and_icmp6_ends_it) {
    auto const s = n().open();
    n().it.connect(s, {peer, 7}, lab_.now);
    n().it.advance(lab_.now);
    auto const syn_packet = sent();
    EXPECT_EQ(syn_packet.source, us);
    EXPECT_EQ(syn_packet.protocol, wire::protocol::tcp);
    EXPECT_EQ(n().sent[0].meta.checksum_start, 40);
    auto const quoted = n().sent[0].data;
    // Hints end nothing; a port unreachable does, while the connection is being opened.
    receive(icmp(peer, us, 1, 0, 0, quoted));
    receive(icmp(peer, us, 3, 0, 0, quoted));
    receive(icmp(peer, us, 4, 1, 6, quoted));
    EXPECT_FALSE(n().has(event::kind::connected, s));
    receive(icmp(peer, us, 1, 4, 0, quoted));
    EXPECT_TRUE(n().expect(event::kind::connected, s).error);
}

TEST_F(ip6_shard, errors_that_quote_too_little_are_counted) {
    auto const quoted = tcp_packet({{us, 1}, {peer, 2}, ack});
    for (std::size_t size = 0; size < 48; ++size)
        receive(icmp(peer, us, 1, 0, 0, std::span(quoted).first(size)));
    EXPECT_EQ(n().counter("drop.truncated"), 48U);
    receive(icmp(peer, us, 1, 0, 0, quoted));
    EXPECT_EQ(n().counter("drop.icmp_unmatched"), 1U);
}

}  // namespace
}  // namespace stack
