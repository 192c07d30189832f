// VIPAROUTE: what the owner of a DVIPA sends on through a tunnel, and what a target takes from it.
#include "stack/dvipa/tunnels.hpp"

#include "lab_nodes.hpp"
#include "stack/ip/encapsulation.hpp"
#include "stack/wire/ecn.hpp"
#include "stack/wire/icmp4.hpp"
#include "stack/wire/icmp6.hpp"
#include "stack/wire/tcp.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
using notice = connection_notice;

/// Node 0 owns a DVIPA of each family and reaches its target, node 1, by tunnels; node 2 is a
/// client.
class tunnels : public ::testing::TestWithParam<bool> {
  protected:
    tunnels() {
        for (int i = 0; i < 3; ++i) {
            auto& c = lab_.add().config;
            c.interfaces.push_back({"OSA6",
                                    interface_settings::kind::device,
                                    addr("2001:db8::" + std::to_string(i + 1)),
                                    64,
                                    1500,
                                    true,
                                    {}});
            c.routes.push_back({{addr("2001:db8::"), 64}, {}, 2, 0});
        }
        for (auto const* const host : {"10.9.9.9", "2001:db8::9"})
            lab_.add_dvipa(host, 0, {1}, false, {8080});
        owner().config.tunnels = {{target().id(), addr("10.0.0.2")},
                                  {target().id(), addr("2001:db8::2")}};
        target().config.tunnel_sources = {{addr("10.0.0.1"), owner().id()},
                                          {addr("2001:db8::1"), owner().id()}};
        std::sort(target().config.tunnel_sources.begin(), target().config.tunnel_sources.end(),
                  [](auto const& a, auto const& b) { return a.host < b.host; });
        for (auto& each : target().config.dvipas)
            each.tunnel_overhead = each.host.is_v4() ? 24 : 40;
        lab_.start();
    }
    bool v4() const { return GetParam(); }
    std::size_t overhead() const { return v4() ? 24 : 40; }
    node& owner() { return *lab_.nodes[0]; }
    node& target() { return *lab_.nodes[1]; }
    node& client() { return *lab_.nodes[2]; }
    address dvipa() const { return addr(v4() ? "10.9.9.9" : "2001:db8::9"); }
    address home(int n) const {
        return addr((v4() ? "10.0.0." : "2001:db8::") + std::to_string(n + 1));
    }
    std::size_t device() const { return v4() ? 1 : 2; }
    endpoint client_end() const { return {home(2), 7}; }
    /// Makes the owner know a connection of the target's to the client's port 7.
    four_tuple known_connection() {
        four_tuple const tuple{{dvipa(), 40000}, client_end()};
        owner().it.notice(target().id(), {notice::kind::opened, tuple}, lab_.now);
        owner().sent.clear();
        return tuple;
    }
    bytes from_client(std::size_t payload, std::uint32_t seq = 5) const {
        return tcp_packet({client_end(), {dvipa(), 40000}, ack | psh, seq, 6, pattern(payload)});
    }
    bytes inner(sent_packet const& of) const {
        return {of.data.begin() + static_cast<std::ptrdiff_t>(overhead()), of.data.end()};
    }
    socket_id serve(node& at_node) {
        auto const s = at_node.open();
        at_node.it.bind(s, {dvipa(), 8080}, lab_.now);
        at_node.it.listen(s, 10, lab_.now);
        EXPECT_FALSE(at_node.expect(kind::listening, s).error);
        lab_.settle();
        return s;
    }
    /// A router on the way says of what the owner has sent last that it takes `mtu` bytes.
    void narrow_to(std::uint16_t mtu) {
        auto const quote = std::span(owner().sent.back().data).first(overhead() + 28);
        owner().it.receive(device(),
                           v4() ? icmp(home(2), home(0), 3, 4, mtu, quote)
                                : icmp(home(2), home(0), 2, 0, mtu, quote),
                           {}, lab_.now);
    }
    std::uint32_t mtu_told() {
        auto const& packet = owner().sent.back().data;
        auto const message = std::span(packet).subspan(ip_header_length(packet));
        return v4() ? wire::icmp4_view(message).next_hop_mtu() : wire::icmp6_view(message).mtu();
    }

    lab lab_;
};

INSTANTIATE_TEST_SUITE_P(of_both_families, tunnels, ::testing::Bool(),
                         [](auto const& row) { return row.param ? "ipv4" : "ipv6"; });

TEST_P(tunnels, carry_a_connection_whose_answers_go_direct) {
    auto const server = serve(target());
    auto const s = client().open();
    client().it.connect(s, {dvipa(), 8080}, lab_.now);
    lab_.settle();
    ASSERT_FALSE(client().expect(kind::connected, s).error);
    auto const taken = target().it.accept(server, 0).value();
    auto const text = pattern(100'000);
    std::size_t given = 0;
    bytes received;
    while (received.size() < text.size()) {
        auto const room = client().it.writable(s);
        auto const count = std::min(room.size(), text.size() - given);
        std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(given), count, room.begin());
        client().it.produced(s, count, lab_.now);
        given += count;
        lab_.settle();
        auto const there = joined(target().it.readable(taken));
        ASSERT_TRUE(!there.empty() || count != 0);
        received.insert(received.end(), there.begin(), there.end());
        target().it.consume(taken, there.size(), lab_.now);
        lab_.settle();
    }
    EXPECT_EQ(received, text);
    // Segments of at most the MSS that leaves room for the tunnel's headers.
    EXPECT_GE(target().counter("dvipa.tunnelled_in"), text.size() / 1460);
    EXPECT_EQ(target().counter("dvipa.segments_from_members"), 0U);
    EXPECT_EQ(target().counter("ip.fragments_in"), 0U);
    EXPECT_EQ(owner().counter("drop.too_big"), 0U);
}

TEST_P(tunnels, leave_a_packet_as_it_is) {
    known_connection();
    auto const packet = from_client(100);
    owner().it.receive(device(), packet, {}, lab_.now);
    ASSERT_EQ(owner().sent.size(), 1U);
    auto const& out = owner().sent[0];
    EXPECT_EQ(out.to, member_id{});
    EXPECT_EQ(destination_of(out.data), home(1));
    EXPECT_EQ(inner(out), packet);
    if (v4()) {
        wire::ipv4_view const ip(out.data);
        EXPECT_EQ(ip.protocol_number(), 47);
        EXPECT_EQ(ip.source(), home(0));
        EXPECT_TRUE(ip.dont_fragment());
        EXPECT_EQ(ip.total_length(), out.data.size());
        EXPECT_EQ(load_be32(out.data.data() + 20), 0x00000800U);
    } else {
        wire::ipv6_view const ip(out.data);
        EXPECT_EQ(ip.next_header(), 41);
        EXPECT_EQ(ip.source(), home(0));
        EXPECT_EQ(ip.payload_length(), packet.size());
    }
}

TEST_P(tunnels, get_super_segments_cut_and_summed) {
    known_connection();
    auto packet = from_client(5000);
    unfinish(packet);
    auto const ip = static_cast<std::uint16_t>(ip_header_length(packet));
    offload const meta{v4() ? offload::segmentation::tcp4 : offload::segmentation::tcp6, 1000, true,
                       ip, 16};
    owner().it.receive(device(), packet, meta, lab_.now);
    ASSERT_EQ(owner().sent.size(), 5U);
    for (std::uint32_t i = 0; i < 5; ++i) {
        EXPECT_EQ(owner().sent[i].meta, offload{});
        auto const segment = inner(owner().sent[i]);
        ip::inbound parsed;
        ASSERT_EQ(ip::parse(segment, {}, parsed), ip::drop_reason::none);
        EXPECT_TRUE(ip::tcp_checksum_is_right(parsed));
        EXPECT_EQ(load_be32(parsed.payload.data() + 4), 5 + i * 1000);
        EXPECT_EQ(parsed.payload.size(), 1020U);
    }
}

TEST_P(tunnels, tell_the_sender_of_a_packet_that_is_too_big) {
    known_connection();
    owner().it.receive(device(), from_client(1440 - (v4() ? 0 : 20)), {}, lab_.now);
    ASSERT_EQ(owner().sent.size(), 1U);
    EXPECT_EQ(destination_of(owner().sent[0].data), home(2));
    EXPECT_EQ(mtu_told(), 1500 - overhead());
    EXPECT_EQ(owner().counter("drop.too_big"), 1U);
}

TEST_P(tunnels, believe_a_router_on_the_way_for_ten_minutes) {
    known_connection();
    auto const packet = from_client(1380);
    owner().it.receive(device(), packet, {}, lab_.now);
    ASSERT_EQ(owner().sent.size(), 1U);
    narrow_to(1400);
    owner().it.receive(device(), packet, {}, lab_.now);
    ASSERT_EQ(owner().sent.size(), 2U);
    EXPECT_EQ(destination_of(owner().sent[1].data), home(2));
    EXPECT_EQ(mtu_told(), 1400 - overhead());
    lab_.now += dvipa::tunnels::memory;
    owner().it.receive(device(), packet, {}, lab_.now);
    EXPECT_EQ(destination_of(owner().sent[2].data), home(1));
}

// RFC 2473 7.1 of IPv6; of IPv4 without Don't Fragment.
TEST_P(tunnels, cut_outside_what_need_not_fit) {
    known_connection();
    auto packet = v4() ? from_client(1440) : from_client(1280 - 60);
    if (v4()) {
        packet[6] = std::byte{0};
        reseal(packet);
    } else {
        owner().it.receive(device(), from_client(1), {}, lab_.now);
        narrow_to(1300);
        owner().sent.clear();
    }
    owner().it.receive(device(), packet, {}, lab_.now);
    ASSERT_EQ(owner().sent.size(), 2U);
    auto const parts = owner().sent;
    auto const before = target().counter("dvipa.tunnelled_in");
    for (auto const& part : parts) {
        EXPECT_LE(part.data.size(), v4() ? 1500U : 1300U);
        target().it.receive(device(), part.data, {}, lab_.now);
    }
    EXPECT_EQ(target().counter("dvipa.tunnelled_in"), before + 1);
    EXPECT_EQ(target().counter("drop.bad_tcp_checksum"), 0U);
}

TEST_P(tunnels, carry_what_was_held) {
    owner().it.receive(device(), from_client(10), {}, lab_.now);
    EXPECT_TRUE(owner().sent.empty());
    owner().it.notice(target().id(), {notice::kind::opened, {{dvipa(), 40000}, client_end()}},
                      lab_.now);
    ASSERT_EQ(owner().sent.size(), 1U);
    EXPECT_EQ(destination_of(owner().sent[0].data), home(1));
    EXPECT_EQ(inner(owner().sent[0]), from_client(10));
}

TEST_P(tunnels, carry_nothing_without_a_route) {
    known_connection();
    for (auto& each : owner().config.interfaces)
        if (each.type == interface_settings::kind::device) each.active = false;
    owner().configure();
    owner().it.receive(device(), from_client(10), {}, lab_.now);
    EXPECT_TRUE(owner().sent.empty());
    EXPECT_EQ(owner().counter("drop.tunnel_without_route"), 1U);
}

TEST_P(tunnels, carry_the_mark_of_congestion_in_and_out) {
    known_connection();
    auto packet = from_client(10);
    auto const ecn = [&](bytes const& of) {
        return v4() ? wire::ipv4_view(of).ecn() : wire::ipv6_view(of).ecn();
    };
    packet[1] = std::byte{2} << (v4() ? 0 : 4);
    if (v4()) reseal(packet);
    owner().it.receive(device(), packet, {}, lab_.now);
    ASSERT_EQ(owner().sent.size(), 1U);
    auto outer = owner().sent[0].data;
    EXPECT_EQ(ecn(outer), wire::ecn_capable);
    if (v4())
        wire::mark_v4_congested(outer);
    else
        wire::mark_v6_congested(outer);
    ip::inbound in;
    ASSERT_EQ(ip::parse(outer, {}, in), ip::drop_reason::none);
    ASSERT_EQ(ip::open(in).reason, ip::drop_reason::none);
    bytes room;
    auto const out = ip::decapsulate(in, room);
    ASSERT_TRUE(out);
    ip::inbound again;
    ASSERT_EQ(ip::parse(*out, {}, again), ip::drop_reason::none);  // its checksum is right
    EXPECT_EQ(again.ecn, wire::ecn_congested);
    EXPECT_TRUE(ip::tcp_checksum_is_right(again));
}

// RFC 6040 4.2.
TEST_P(tunnels, lose_a_packet_that_met_congestion_and_whose_sender_can_not_read_it) {
    known_connection();
    owner().it.receive(device(), from_client(10), {}, lab_.now);
    auto outer = owner().sent[0].data;
    if (v4())
        wire::mark_v4_congested(outer);
    else
        wire::mark_v6_congested(outer);
    target().it.receive(device(), outer, {}, lab_.now);
    EXPECT_EQ(target().counter("drop.tunnel_refused"), 1U);
    EXPECT_EQ(target().counter("dvipa.tunnelled_in"), 0U);
}

TEST_P(tunnels, from_outside_the_group_are_no_protocol) {
    auto outer = v4() ? bytes(4) : bytes();
    if (v4()) store_be16(outer.data() + 2, 0x0800);
    auto const packet = from_client(10);
    outer.insert(outer.end(), packet.begin(), packet.end());
    auto const protocol = v4() ? wire::protocol::gre : wire::protocol::ipv6;
    target().sent.clear();
    target().it.receive(device(), ip_packet(protocol, home(2), home(1), outer), {}, lab_.now);
    EXPECT_EQ(target().counter("drop.protocol_unreachable"), 1U);
    EXPECT_EQ(target().counter("dvipa.tunnelled_in"), 0U);
    ASSERT_EQ(target().sent.size(), 1U);
    EXPECT_EQ(destination_of(target().sent[0].data), home(2));
    target().it.receive(device(), ip_packet(protocol, home(0), home(1), outer), {}, lab_.now);
    EXPECT_EQ(target().counter("dvipa.tunnelled_in"), 1U);
}

TEST_P(tunnels, are_for_dvipas_alone_and_without_options) {
    auto const wrapped = [&](std::uint32_t gre, bytes const& packet) {
        auto outer = v4() ? bytes(4) : bytes();
        if (v4()) store_be32(outer.data(), gre);
        outer.insert(outer.end(), packet.begin(), packet.end());
        return ip_packet(v4() ? wire::protocol::gre : wire::protocol::ipv6, home(0), home(1),
                         outer);
    };
    auto const refused = [&](bytes const& packet) {
        auto const before = target().counter("drop.tunnel_refused");
        target().it.receive(device(), packet, {}, lab_.now);
        return target().counter("drop.tunnel_refused") - before;
    };
    auto const good = from_client(10);
    EXPECT_EQ(refused(wrapped(0x0800, good)), 0U);
    auto const for_home = tcp_packet({client_end(), {home(1), 80}, syn, 1, 0, {}});
    EXPECT_EQ(refused(wrapped(0x0800, for_home)), 1U);
    EXPECT_EQ(refused(wrapped(0x0800, bytes(good.begin(), good.begin() + 19))), 1U);
    if (!v4()) return;
    EXPECT_EQ(refused(wrapped(0x80000800, good)), 1U);  // a checksum
    EXPECT_EQ(refused(wrapped(0x00010800, good)), 1U);  // version 1
    EXPECT_EQ(refused(wrapped(0x000086dd, good)), 1U);  // IPv6
    EXPECT_EQ(refused(ip_packet(wire::protocol::gre, home(0), home(1), bytes(3))), 1U);
}

}  // namespace
}  // namespace stack
