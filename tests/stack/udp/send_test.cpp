// Datagrams that leave.
#include "stack/packet/segmentation.hpp"
#include "udp_shard.hpp"

namespace stack {
namespace {

using namespace stack::testing;
namespace errc = boost::system::errc;

class udp_send : public udp_shard {
  protected:
    /// The last packet sent, its checksum completed as a device would.
    bytes finished() {
        auto packet = n().sent.back().data;
        auto const& meta = n().sent.back().meta;
        if (meta.checksum_partial) complete_checksum(packet, meta);
        return packet;
    }
    static bytes reply_to(bytes const& packet) {
        ip::inbound in;
        EXPECT_EQ(ip::parse(packet, {}, in), ip::drop_reason::none);
        EXPECT_EQ(ip::open(in).reason, ip::drop_reason::none);
        auto const d = wire::parse_udp(in.payload);
        EXPECT_TRUE(d);
        return udp_packet({in.source, d->source_port}, {in.destination, d->destination_port},
                          d->payload());
    }
};

// rfc: 768-fields
TEST_F(udp_send, a_datagram_leaves_with_what_the_device_needs_for_its_checksum) {
    for (auto const& to : {peer, peer6}) {
        auto const s = it().open("JOB", 1);
        ASSERT_FALSE(send(s, to, pattern(101)));
        auto const& meta = n().sent.back().meta;
        EXPECT_TRUE(meta.checksum_partial);
        EXPECT_EQ(meta.kind, offload::segmentation::none);
        auto packet = finished();
        auto same = reply_to(packet);
        if (to.host.is_v4()) {  // the same but for the identification
            packet[4] = same[4], packet[5] = same[5], packet[6] = same[6];
            reseal(packet), reseal(same);
        } else {
            std::copy_n(same.begin() + 1, 3, packet.begin() + 1);
        }
        EXPECT_EQ(packet, same);
    }
    EXPECT_EQ(n().counter("udp.datagrams_out"), 2U);
}

// rfc: 1122-4.1.3.5
TEST_F(udp_send, an_answer_comes_from_where_its_question_went) {
    auto const other = addr("10.0.0.77");
    n().config.interfaces.push_back(
        {"VIPA", interface_settings::kind::virtual_, other, 32, 1500, true, {}});
    n().configure();
    auto const any = bound({{}, 53});
    receive(peer, {other, 53}, "question");
    ASSERT_EQ(it().front(any)->local, other);
    ASSERT_FALSE(it().send(any, peer, {}, lab_.now, other));
    EXPECT_EQ(wire::ipv4_view(n().sent.back().data).source(), other);
    ASSERT_FALSE(it().send(any, peer, {}, lab_.now));
    EXPECT_EQ(wire::ipv4_view(n().sent.back().data).source(), us) << "as the route says";
}

TEST_F(udp_send, a_source_that_is_not_the_socket_s_is_refused) {
    auto const any = bound({{}, 53});
    EXPECT_EQ(it().send(any, peer, {}, lab_.now, addr("10.0.0.78")), errc::address_not_available);
    EXPECT_EQ(it().send(any, peer, {}, lab_.now, us6), errc::address_family_not_supported);
    auto const loopback = bound({addr("127.0.0.1"), 54});
    EXPECT_EQ(it().send(loopback, peer, {}, lab_.now, us), errc::address_not_available);
    EXPECT_TRUE(n().sent.empty());
}

TEST_F(udp_send, what_is_sent_and_used_is_told) {
    auto const s = bound({us, 53});
    ASSERT_FALSE(send(s, peer, pattern(10)));
    EXPECT_EQ(it().count(s)->bytes_out, 10U);
    EXPECT_TRUE(it().uses(us));
    EXPECT_FALSE(it().uses(us6));
    it().close(s);
    EXPECT_FALSE(it().count(s));
    EXPECT_FALSE(it().uses(us));
}

TEST_F(udp_send, without_udpchksum_ipv4_has_no_checksum) {
    n().config.udp.checksum = false;
    n().configure();
    auto const s = bound({{}, 53});
    ASSERT_FALSE(send(s, peer, pattern(10)));
    EXPECT_FALSE(n().sent.back().meta.checksum_partial);
    EXPECT_EQ(load_be16(n().sent.back().data.data() + 20 + wire::udp_checksum_offset), 0);
    ASSERT_FALSE(send(s, peer6, pattern(10)));
    EXPECT_TRUE(n().sent.back().meta.checksum_partial) << "RFC 8200 8.1";
}

// rfc: 1122-4.1.3.5
TEST_F(udp_send, the_source_is_the_address_bound_or_the_interface_s) {
    n().config.interfaces.push_back(
        {"VIPA", interface_settings::kind::virtual_, addr("10.3.0.1"), 32, 1500, true, {}});
    n().configure();
    ASSERT_FALSE(send(bound({addr("10.3.0.1"), 53}), peer, pattern(1)));
    EXPECT_EQ(wire::ipv4_view(n().sent.back().data).source(), addr("10.3.0.1"));
    ASSERT_FALSE(send(bound({{}, 54}), peer, pattern(1)));
    EXPECT_EQ(wire::ipv4_view(n().sent.back().data).source(), us);
}

TEST_F(udp_send, a_datagram_needs_somewhere_to_go) {
    auto const s = it().open("JOB", 1);
    EXPECT_EQ(send(s, {}, pattern(1)), errc::destination_address_required);
    EXPECT_EQ(send(s, at("255.255.255.255", 53), pattern(1)), errc::permission_denied);
    EXPECT_EQ(send(s, at("2001:db8:9::1", 53), pattern(1)), errc::network_unreachable);
    EXPECT_FALSE(it().name(s)) << "nothing has been sent";
    ASSERT_FALSE(it().connect(s, peer));
    EXPECT_FALSE(send(s, {}, pattern(1)));
    EXPECT_FALSE(send(s, at("10.0.0.8", 53), pattern(1))) << "one datagram elsewhere";
    EXPECT_EQ(destination_of(n().sent.back().data), addr("10.0.0.8"));
}

TEST_F(udp_send, a_datagram_is_as_long_as_ip_and_udpsendbfrsize_allow) {
    auto const s = bound({{}, 53});
    EXPECT_EQ(send(s, peer, pattern(65508)), errc::message_size);
    EXPECT_FALSE(send(s, peer, pattern(65507)));
    EXPECT_FALSE(send(s, peer6, pattern(65527)));
    n().config.udp.send_buffer = 1000;
    n().configure();
    EXPECT_EQ(send(s, peer, pattern(1001)), errc::message_size);
    EXPECT_FALSE(send(s, peer, pattern(1000)));
}

// rfc: 1122-4.1.1
TEST_F(udp_send, what_the_path_does_not_take_is_cut_and_joined_again) {
    auto& other = lab_.add();
    other.config.interfaces.push_back(
        {"OSA6", interface_settings::kind::device, addr("2001:db8::2"), 64, 1500, true, {}});
    other.config.routes.push_back({{us6, 64}, {}, 2, 0});
    other.configure();
    auto const s = bound({{}, 53});
    auto const there = other.it.udp().open("OTHER", 2);
    ASSERT_FALSE(other.it.udp().bind(there, {{}, 5000}));
    for (auto const* const host : {"10.0.0.2", "2001:db8::2"}) {
        for (std::size_t size : {1452U, 1473U, 5000U, 65507U}) {
            ASSERT_FALSE(send(s, at(host, 5000), pattern(size)));
            for (auto const& packet : n().sent)
                EXPECT_LE(packet.data.size(), 1500U);
            lab_.settle();
            auto const d = other.it.udp().front(there);
            ASSERT_TRUE(d) << size;
            EXPECT_EQ(joined(d->payload), pattern(size));
            other.it.udp().pop(there);
        }
    }
    EXPECT_EQ(other.counter("ip.reassembled"), 6U);
}

TEST_F(udp_send, pieces_in_many_places_are_sent_as_one_datagram) {
    auto const s = bound({{}, 53});
    auto const data = pattern(800);
    for (auto const& to : {peer, peer6}) {
        fragments pieces;
        for (std::size_t i = 0; i < fragments::capacity; ++i)
            pieces.push_back(std::span(data).subspan(i * 100, 100));
        ASSERT_FALSE(it().send(s, to, pieces, lab_.now));
        auto const packet = finished();
        EXPECT_TRUE(std::equal(data.begin(), data.end(), packet.end() - 800));
    }
}

// rfc: 8201-4
TEST_F(udp_send, a_path_that_is_too_narrow_is_remembered_for_ten_minutes) {
    auto const s = bound({{}, 53});
    ASSERT_FALSE(send(s, peer6, pattern(1400)));
    EXPECT_EQ(n().sent.size(), 1U);
    receive(error_about_sent(2, 0, 600));
    n().sent.clear();
    ASSERT_FALSE(send(s, peer6, pattern(1400)));
    ASSERT_EQ(n().sent.size(), 2U);
    EXPECT_LE(n().sent[0].data.size(), 1280U);
    EXPECT_GT(n().sent[0].data.size(), 1280U - 8) << "IPv6 has no smaller paths";
    n().sent.clear();
    lab_.now += std::chrono::minutes(10);
    ASSERT_FALSE(send(s, peer6, pattern(1400)));
    EXPECT_EQ(n().sent.size(), 1U);
}

TEST_F(udp_send, sockets_of_one_stack_reach_each_other) {
    auto const s = bound({us, 53});
    auto const t = bound({{}, 54});
    ASSERT_FALSE(send(t, endpoint{us, 53}, pattern(65507)));
    lab_.settle();
    auto const d = it().front(s);
    ASSERT_TRUE(d);
    EXPECT_EQ(d->source, (endpoint{us, 54}));
    EXPECT_EQ(joined(d->payload), pattern(65507));
    EXPECT_TRUE(n().sent.empty());
}

TEST(udp_dvipa, datagrams_for_a_dvipa_go_to_its_owner) {
    lab net;
    net.add();
    net.add();
    net.add_dvipa("10.9.9.9", 0, {1});
    net.start();
    auto& owner = net.nodes[0]->it.udp();
    auto& target = net.nodes[1]->it.udp();
    auto const server = owner.open("SERVER", 1);
    ASSERT_FALSE(owner.bind(server, at("10.9.9.9", 53)));
    auto const client = target.open("CLIENT", 1);
    fragments text;
    auto const data = pattern(3000);
    text.push_back(data);
    ASSERT_FALSE(target.send(client, at("10.9.9.9", 53), text, net.now));
    net.settle();
    auto const d = owner.front(server);
    ASSERT_TRUE(d);
    EXPECT_EQ(joined(d->payload), data);
    ASSERT_FALSE(owner.send(server, d->source, d->payload, net.now));
    net.settle();
    EXPECT_TRUE(target.front(client));
    EXPECT_TRUE(net.nodes[0]->source.calls.empty()) << "no port of UDP is coordinated";
}

}  // namespace
}  // namespace stack
