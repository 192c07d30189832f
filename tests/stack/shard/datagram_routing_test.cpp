// UDP datagrams for a DVIPA: to the stack that has the socket, or to one of several.
#include "routing.hpp"

#include <gtest/gtest.h>

#include <map>

namespace stack {
namespace {

using namespace stack::testing;

/// As routing: node 0 owns 10.9.9.9 and distributes port 8080 to itself, 1 and 2; 3 is a client.
class datagram_routing : public routing {
  protected:
    udp::socket_id bound(int i, endpoint const& local) {
        auto const s = n(i).it.udp().open("JOB", 1);
        EXPECT_FALSE(n(i).it.udp().bind(s, local));
        lab_.settle();
        return s;
    }
    udp::socket_id service(int i) { return bound(i, at("10.9.9.9", 8080)); }
    void from_client(std::uint16_t from, std::uint16_t to = 8080, std::size_t size = 1) {
        n(0).it.receive(1, udp_packet({addr("10.0.0.4"), from}, {d, to}, bytes(size)), {},
                        lab_.now);
        lab_.settle();
    }
    /// Datagrams that wait at a socket, taken out, by the client's port.
    std::map<std::uint16_t, int> take(int i, udp::socket_id s) {
        std::map<std::uint16_t, int> found;
        for (auto& it = n(i).it.udp(); auto const next = it.front(s);) {
            ++found[next->source.port];
            it.pop(s);
        }
        return found;
    }
};

TEST_F(datagram_routing, a_flow_stays_with_one_of_the_stacks_that_take_it) {
    std::array const sockets{service(0), service(1), bound(2, at("0.0.0.0", 8080))};
    for (int round = 0; round < 3; ++round)
        for (std::uint16_t client = 1000; client < 1300; ++client)
            from_client(client);
    std::map<std::uint16_t, int> all;
    for (int i = 0; i < 3; ++i) {
        auto const here = take(i, sockets[static_cast<std::size_t>(i)]);
        EXPECT_GT(here.size(), 70U) << i;
        EXPECT_LT(here.size(), 130U) << i;
        for (auto const& [client, times] : here) {
            EXPECT_EQ(times, 3) << client;
            EXPECT_TRUE(all.emplace(client, i).second) << client;
        }
    }
    EXPECT_EQ(all.size(), 300U);
}

TEST_F(datagram_routing, other_flows_stay_when_a_stack_goes) {
    std::array const sockets{service(0), service(1), service(2)};
    for (std::uint16_t client = 1000; client < 1300; ++client)
        from_client(client);
    auto const before = take(0, sockets[0]);
    auto const of_1 = take(1, sockets[1]);
    take(2, sockets[2]);
    n(2).it.udp().close(sockets[2]);
    lab_.settle();
    for (std::uint16_t client = 1000; client < 1300; ++client)
        from_client(client);
    auto const after = take(0, sockets[0]);
    auto const of_1_after = take(1, sockets[1]);
    EXPECT_EQ(after.size() + of_1_after.size(), 300U);
    for (auto const& [client, times] : before)
        EXPECT_TRUE(after.contains(client)) << client;
    for (auto const& [client, times] : of_1)
        EXPECT_TRUE(of_1_after.contains(client)) << client;
}

TEST_F(datagram_routing, with_an_affinity_a_client_has_one_stack) {
    for (auto& node : lab_.nodes)
        for (auto& each : node->config.dvipas)
            each.distributions[0].affinity = std::chrono::seconds(60);
    n(0).configure();
    std::array const sockets{service(0), service(1), service(2)};
    for (std::uint16_t client = 1000; client < 1050; ++client)
        from_client(client);
    int with_any = 0;
    for (int i = 0; i < 3; ++i)
        with_any += take(i, sockets[static_cast<std::size_t>(i)]).empty() ? 0 : 1;
    EXPECT_EQ(with_any, 1);
}

TEST_F(datagram_routing, a_port_not_distributed_is_whose_the_socket_is) {
    auto const far = bound(2, at("10.9.9.9", 5000));
    from_client(1000, 5000);
    EXPECT_EQ(take(2, far).size(), 1U);
    auto const own = bound(0, at("10.9.9.9", 5000));
    from_client(1000, 5000);
    EXPECT_EQ(take(0, own).size(), 1U);
    EXPECT_TRUE(take(2, far).empty());
}

TEST_F(datagram_routing, what_a_connected_socket_asks_comes_back_to_it) {
    service(0);
    service(2);
    auto const asker = service(1);
    ASSERT_FALSE(n(1).it.udp().connect(asker, at("10.0.0.4", 1000)));
    lab_.settle();
    for (int i = 0; i < 5; ++i)
        from_client(1000);
    EXPECT_EQ(take(1, asker)[1000], 5);
    ASSERT_FALSE(n(1).it.udp().disconnect(asker));
    lab_.settle();
    for (std::uint16_t client = 2000; client < 2100; ++client)
        from_client(client);
    EXPECT_GT(take(1, asker).size(), 10U);
}

TEST_F(datagram_routing, nobody_has_the_port_and_the_client_hears_of_it) {
    auto const gone = service(1);
    n(1).it.udp().close(gone);
    lab_.settle();
    clear();
    from_client(1000);
    EXPECT_EQ(n(0).counter("drop.port_unreachable"), 1U);
    ASSERT_FALSE(n(0).sent.empty());
    EXPECT_EQ(destination_of(n(0).sent[0].data), addr("10.0.0.4"));
}

TEST_F(datagram_routing, a_new_owner_asks_before_it_says_that_nobody_has_it) {
    n(0).config.dvipas[0].settling = true;
    n(0).configure();
    clear();
    from_client(1000);
    EXPECT_TRUE(n(0).sent.empty());
    EXPECT_EQ(n(0).counter("drop.port_unreachable"), 0U);
}

TEST_F(datagram_routing, a_quiesced_stack_gets_none_until_it_is_resumed) {
    auto const a = service(1);
    auto const b = service(2);
    for (bool const quiesced : {true, false}) {
        n(1).config.quiesced.all = quiesced;
        n(1).configure();
        lab_.settle();
        for (std::uint16_t client = 1000; client < 1100; ++client)
            from_client(client);
        EXPECT_EQ(take(1, a).empty(), quiesced);
        EXPECT_FALSE(take(2, b).empty());
    }
}

TEST_F(datagram_routing, a_stack_that_fails_gets_none) {
    service(1);
    auto const b = service(2);
    n(0).it.member_gone(n(1).id(), lab_.now);
    for (std::uint16_t client = 1000; client < 1020; ++client)
        from_client(client);
    EXPECT_EQ(take(2, b).size(), 20U);
}

TEST_F(datagram_routing, an_owner_that_is_new_hears_of_all_sockets) {
    auto const far = service(2);
    for (int i = 0; i < 3; ++i) {
        auto& each = n(i).config.dvipas[0];
        each.owner = n(1).id();
        each.part = i == 1 ? dvipa_settings::role::owner : dvipa_settings::role::target;
        n(i).configure();
    }
    lab_.settle();
    n(1).it.receive(1, udp_packet({addr("10.0.0.4"), 1000}, {d, 8080}, bytes(1)), {}, lab_.now);
    lab_.settle();
    EXPECT_EQ(take(2, far).size(), 1U);
}

TEST_F(datagram_routing, what_a_target_sends_to_the_dvipa_goes_round_the_owner) {
    auto const far = service(2);
    auto const s = bound(1, at("10.0.0.2", 1000));
    bytes const text(3);
    fragments pieces;
    pieces.push_back(text);
    ASSERT_FALSE(n(1).it.udp().send(s, endpoint{d, 8080}, pieces, lab_.now));
    lab_.settle();
    EXPECT_EQ(take(2, far).size(), 1U);
}

TEST_F(datagram_routing, fragments_meet_at_the_owner_and_go_on_whole) {
    auto const far = service(2);
    auto const whole = udp_packet({addr("10.0.0.4"), 1000}, {d, 8080}, bytes(2000));
    for (std::size_t at_byte : {0U, 1000U}) {
        auto const body = std::span(whole).subspan(20);
        auto part = ipv4(wire::protocol::udp, addr("10.0.0.4"), d,
                         body.subspan(at_byte, std::min<std::size_t>(1000, body.size() - at_byte)));
        if (at_byte != 0) part = ipv4(wire::protocol::udp, addr("10.0.0.4"), d, body.subspan(1000));
        wire::set_fragment(std::span(part).first(20), part.size(),
                           static_cast<std::uint32_t>(at_byte), at_byte == 0);
        n(0).it.receive(1, part, {}, lab_.now);
    }
    lab_.settle();
    EXPECT_EQ(take(2, far).size(), 1U);
}

TEST_F(datagram_routing, an_error_about_a_datagram_reaches_its_sender) {
    auto const asker = service(1);
    ASSERT_FALSE(n(1).it.udp().connect(asker, at("10.0.0.4", 1000)));
    lab_.settle();
    auto const sent = udp_packet({d, 8080}, {addr("10.0.0.4"), 1000}, bytes(1));
    n(0).it.receive(1, icmp(addr("10.0.0.4"), d, 3, 3, 0, std::span(sent).first(28)), {}, lab_.now);
    lab_.settle();
    EXPECT_EQ(n(1).it.udp().take_error(asker),
              boost::system::errc::make_error_code(boost::system::errc::connection_refused));
}

}  // namespace
}  // namespace stack
