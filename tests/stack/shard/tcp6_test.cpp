// TCP over IPv6 between shards: to each other, to itself, and by way of DVIPAs.
#include "lab_nodes.hpp"

#include <gtest/gtest.h>

namespace stack {
namespace {

using namespace stack::testing;
using type = interface_settings::kind;

/// Three stacks, 2001:db8::1 to ::3, in one network.
class tcp6 : public ::testing::Test {
  protected:
    tcp6() {
        for (int i = 0; i < 3; ++i) {
            auto& c = lab_.add().config;
            c.interfaces[1] = {"OSA6", type::device, host(i), 64, 1500, true, {}};
            c.interfaces.push_back(
                {"LOOPBACK6", type::loopback, addr("::1"), 128, 65535, true, {}});
            c.routes = {{{addr("::"), 0}, {}, 1, 0}};
        }
    }
    static address host(int i) { return addr("2001:db8::" + std::to_string(i + 1)); }
    node& n(int i) { return *lab_.nodes[static_cast<std::size_t>(i)]; }
    socket_id listen(int i, address const& on, std::uint16_t port) {
        auto const s = n(i).open();
        n(i).it.bind(s, {on, port}, lab_.now);
        n(i).it.listen(s, 8, lab_.now);
        EXPECT_FALSE(n(i).expect(event::kind::listening, s).error);
        return s;
    }
    socket_id connect(int i, endpoint const& to) {
        auto const s = n(i).open();
        n(i).it.connect(s, to, lab_.now);
        lab_.settle();
        EXPECT_FALSE(n(i).expect(event::kind::connected, s).error);
        return s;
    }
    void send(int i, socket_id s, bytes const& data) {
        for (std::size_t done = 0; done < data.size();) {
            auto const room = n(i).it.writable(s);
            ASSERT_FALSE(room.empty());
            std::size_t const count = std::min(room.size(), data.size() - done);
            std::copy_n(data.begin() + static_cast<std::ptrdiff_t>(done), count, room.begin());
            n(i).it.produced(s, count, lab_.now);
            done += count;
        }
        lab_.run(std::chrono::seconds(1));
    }
    bytes received(int i, socket_id s) {
        bytes out;
        for (;;) {
            auto const pieces = n(i).it.readable(s);
            if (pieces.empty()) return out;
            auto const part = joined(pieces);
            out.insert(out.end(), part.begin(), part.end());
            n(i).it.consume(s, part.size(), lab_.now);
            lab_.settle();
        }
    }

    lab lab_;
};

TEST_F(tcp6, a_stream_goes_in_super_segments) {
    lab_.start();
    auto const server = listen(1, host(1), 7);
    auto const client = connect(0, {host(1), 7});
    auto const accepted = n(1).it.accept(server, 9);
    ASSERT_TRUE(accepted);
    EXPECT_EQ(n(0).it.tuple(client)->local.host, host(0));
    send(0, client, pattern(100'000));
    EXPECT_EQ(received(1, *accepted), pattern(100'000));
    bool super = false;
    for (auto const& packet : n(0).sent)
        super = super || packet.meta.kind == offload::segmentation::tcp6;
    EXPECT_TRUE(super);
}

TEST_F(tcp6, a_flow_has_one_label_and_others_have_others) {
    lab_.start();
    listen(1, host(1), 7);
    std::set<std::uint32_t> labels;
    for (int i = 0; i < 4; ++i) {
        n(0).sent.clear();
        auto const client = connect(0, {host(1), 7});
        send(0, client, pattern(100));
        std::set<std::uint32_t> of_flow;
        for (auto const& packet : n(0).sent)
            of_flow.insert(wire::ipv6_view(packet.data).flow_label());
        EXPECT_EQ(of_flow.size(), 1U);
        labels.insert(*of_flow.begin());
    }
    EXPECT_EQ(labels.size(), 4U);
    EXPECT_FALSE(labels.contains(0));
}

TEST_F(tcp6, a_stack_reaches_itself_by_its_loopback) {
    lab_.start();
    auto const server = listen(0, addr("::1"), 7);
    connect(0, {addr("::1"), 7});
    EXPECT_TRUE(n(0).it.accept(server, 9));
    EXPECT_TRUE(n(0).sent.empty());
}

TEST_F(tcp6, a_packet_too_big_makes_segments_smaller) {
    lab_.start();
    auto const server = listen(1, host(1), 7);
    auto const client = connect(0, {host(1), 7});
    auto const accepted = n(1).it.accept(server, 9);
    n(0).carry_packets = false;
    n(0).sent.clear();
    send(0, client, pattern(1400));
    ASSERT_FALSE(n(0).sent.empty());
    auto const lost = n(0).sent.front().data;
    n(0).carry_packets = true;
    n(0).it.receive(1, icmp(host(1), host(0), 2, 0, 1300, lost), {}, lab_.now);
    n(0).sent.clear();
    lab_.run(std::chrono::seconds(5));
    EXPECT_EQ(received(1, *accepted), pattern(1400));
    for (auto const& packet : n(0).sent) {
        bool const cut = packet.meta.kind == offload::segmentation::tcp6;
        EXPECT_LE(cut ? packet.meta.gso_size + 60U : packet.data.size(), 1300U);
    }
}

TEST_F(tcp6, connections_to_a_distributed_dvipa_reach_their_targets_and_go_on) {
    lab_.add_dvipa("2001:db8:9::9", 0, {1}, true, {8080});
    lab_.start();
    auto const d = addr("2001:db8:9::9");
    auto const first = listen(0, d, 8080);
    auto const second = listen(1, d, 8080);
    lab_.settle();
    std::vector<socket_id> clients;
    for (int i = 0; i < 4; ++i)
        clients.push_back(connect(2, {d, 8080}));
    std::size_t accepted = 0;
    for (int i : {0, 1})
        while (auto const s = n(i).it.accept(i == 0 ? first : second, 9)) {
            ++accepted;
            send(i, *s, pattern(3000));
        }
    EXPECT_EQ(accepted, 4U);
    EXPECT_GT(n(0).counter("dvipa.segments_forwarded"), 0U);
    for (auto client : clients)
        EXPECT_EQ(received(2, client), pattern(3000));
}

TEST_F(tcp6, a_listener_on_any_address_of_ipv4_is_no_target) {
    lab_.add_dvipa("2001:db8:9::9", 0, {1}, true, {8080});
    lab_.start();
    auto const listeners = [&] {
        std::uint32_t sum = 0;
        n(0).it.each_destination([&](destination_row const& row) { sum += row.listeners; });
        return sum;
    };
    auto const ipv4 = listen(1, address::any_v4(), 8080);
    lab_.settle();
    EXPECT_EQ(listeners(), 0U);
    n(1).it.announce_all(n(0).id());
    lab_.settle();
    EXPECT_EQ(listeners(), 0U);
    n(1).it.close(ipv4, lab_.now);
    auto const both = listen(1, {}, 8080);
    lab_.settle();
    EXPECT_EQ(listeners(), 1U);
    n(1).it.close(both, lab_.now);
    lab_.settle();
    EXPECT_EQ(listeners(), 0U);
}

TEST_F(tcp6, connections_from_a_shared_dvipa_take_ports_of_the_facility) {
    lab_.add_dvipa("2001:db8:9::9", 0, {1});
    n(1).config.ip6.source_vipa = true;
    n(1).config.ip6.tcp_stack_source_vipa = addr("2001:db8:9::9");
    lab_.start();
    auto const server = listen(2, host(2), 7);
    auto const client = connect(1, {host(2), 7});
    EXPECT_EQ(n(1).it.tuple(client)->local.host, addr("2001:db8:9::9"));
    EXPECT_EQ(n(1).source.calls.front(), "allocate");
    auto const accepted = n(2).it.accept(server, 9);
    ASSERT_TRUE(accepted);
    send(2, *accepted, pattern(5000));
    EXPECT_EQ(received(1, client), pattern(5000));
}

}  // namespace
}  // namespace stack
