// A DVIPA gets a new owner, which does not know yet what lives where.
#include "routing.hpp"

#include <algorithm>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
using notice = connection_notice;
namespace errc = boost::system::errc;

/// Node 1 takes the DVIPA over from node 0, which keeps its connections.
class take_over : public routing {
  protected:
    void hand_over(bool settling) {
        for (int i = 0; i < 3; ++i) {
            auto& mine = n(i).config.dvipas.front();
            mine.owner = n(1).id();
            mine.part = i == 1 ? dvipa_settings::role::owner : dvipa_settings::role::target;
            mine.settling = i == 1 && settling;
        }
        n(1).configure();
    }
    void tell_all() {
        n(0).configure();
        n(2).configure();
        lab_.settle();
    }
    void settle_owner() {
        n(1).config.dvipas.front().settling = false;
        n(1).configure();
        lab_.settle();
    }
    void arrive(bytes const& packet) {
        n(1).it.receive(1, packet, {}, lab_.now);
        n(1).it.advance(lab_.now);
        lab_.settle();
    }
};

TEST_F(take_over, what_a_settling_owner_does_not_know_is_held_and_goes_on_when_it_is_told) {
    auto const server = listen(2, at("10.9.9.9", 8080));
    auto const client = n(3).open();
    n(3).it.connect(client, at("10.9.9.9", 8080), lab_.now);
    lab_.settle();
    ASSERT_FALSE(n(3).expect(kind::connected, client).error);
    auto const taken = n(2).it.accept(server, 0).value();

    hand_over(true);
    auto const room = n(3).it.writable(client);
    room[0] = std::byte{'x'};
    n(3).it.produced(client, 1, lab_.now);
    lab_.settle();
    EXPECT_EQ(n(2).it.readable(taken).bytes(), 0U);
    EXPECT_EQ(n(1).counter("hold.queued"), 1U);
    tell_all();
    EXPECT_EQ(n(2).it.readable(taken).bytes(), 1U) << "the notice releases it";
    settle_owner();
    EXPECT_FALSE(n(3).has(kind::failed, client));
}

TEST_F(take_over, a_syn_waits_until_the_owner_is_settled_and_is_distributed_then) {
    hand_over(true);
    tell_all();
    auto const server = listen(2, at("10.9.9.9", 8080));
    auto const client = n(3).open();
    n(3).it.connect(client, at("10.9.9.9", 8080), lab_.now);
    lab_.settle();
    EXPECT_FALSE(n(3).has(kind::connected, client));
    settle_owner();
    EXPECT_FALSE(n(3).expect(kind::connected, client).error);
    EXPECT_TRUE(n(2).it.accept(server, 0));
}

TEST_F(take_over, a_settling_owner_resets_nothing_even_when_the_time_of_a_held_segment_is_up) {
    hand_over(true);
    clear();
    arrive(segment(40000, ack));
    lab_.run(std::chrono::seconds(1));
    EXPECT_TRUE(n(1).sent.empty());
    settle_owner();
    EXPECT_TRUE(n(1).sent.empty()) << "it is forgotten: its sender sends it again";
    arrive(segment(40000, ack));
    lab_.run(std::chrono::seconds(1));
    ASSERT_EQ(n(1).sent.size(), 1U);
    EXPECT_NE(std::to_integer<unsigned>(n(1).sent.front().data[33]) & rst, 0U);
}

TEST_F(take_over, what_another_stack_sends_to_the_next_owner_before_it_knows_is_not_reset) {
    n(2).config.dvipas.front().owner = n(1).id();
    n(2).configure();
    lab_.settle();
    clear();
    n(2).it.receive(1, segment(40000, ack), {}, lab_.now);
    n(2).it.receive(1, segment(8080, syn), {}, lab_.now);
    n(2).it.advance(lab_.now);
    lab_.run(std::chrono::seconds(1));
    EXPECT_EQ(n(2).sent.size(), 2U) << "sent on";
    EXPECT_TRUE(n(1).sent.empty());
    EXPECT_EQ(n(1).counter("drop.owner_unknown"), 2U);
}

TEST_F(take_over, a_connection_from_an_owner_that_is_not_known_as_such_is_taken) {
    listen(2, at("10.9.9.9", 8080));
    hand_over(false);
    n(1).it.notice(n(2).id(), {notice::kind::listening, {{d, 8080}, {}}}, lab_.now);
    auto const client = n(3).open();
    n(3).it.connect(client, at("10.9.9.9", 8080), lab_.now);
    lab_.settle();
    EXPECT_FALSE(n(3).expect(kind::connected, client).error);
}

TEST_F(take_over, a_moving_address_keeps_its_connections_and_opens_no_new_ones) {
    auto const partner = n(3).open();
    n(3).it.bind(partner, at("10.0.0.4", 7), lab_.now);
    n(3).it.listen(partner, 10, lab_.now);
    auto const client = n(0).open();
    n(0).it.connect(client, at("10.0.0.4", 7), lab_.now);
    lab_.settle();
    ASSERT_FALSE(n(0).expect(kind::connected, client).error);
    ASSERT_EQ(n(0).it.tuple(client)->local.host, d);

    hand_over(false);
    n(0).config.dvipas.front().part = dvipa_settings::role::moving;
    tell_all();
    auto const room = n(0).it.writable(client);
    room[0] = std::byte{'x'};
    n(0).it.produced(client, 1, lab_.now);
    lab_.run(std::chrono::seconds(1));
    EXPECT_FALSE(n(0).has(kind::failed, client)) << "its acknowledgement came by the new owner";
    EXPECT_EQ(n(0).counter("tcp.segments_retransmitted"), 0U);

    auto const bound = n(0).open();
    n(0).it.bind(bound, {d, 50000}, lab_.now);
    EXPECT_EQ(n(0).expect(kind::bound, bound).error,
              errc::make_error_code(errc::address_not_available));
    auto const another = n(0).open();
    n(0).it.connect(another, at("10.0.0.4", 7), lab_.now);
    lab_.settle();
    EXPECT_EQ(n(0).it.tuple(another)->local.host, addr("10.0.0.1"));
}

TEST_F(take_over, connections_that_end_with_their_address_are_told_to_the_facility) {
    for (int i = 0; i < 3; ++i)
        n(i).config.dvipas.front().shared_by_connection = true;
    tell_all();
    auto const partner = n(3).open();
    n(3).it.bind(partner, at("10.0.0.4", 7), lab_.now);
    n(3).it.listen(partner, 10, lab_.now);
    auto const client = n(0).open();
    n(0).it.connect(client, at("10.0.0.4", 7), lab_.now);
    lab_.settle();
    ASSERT_FALSE(n(0).expect(kind::connected, client).error);
    auto const port = n(0).it.tuple(client)->local.port;

    n(0).config.dvipas.clear();
    n(0).configure();
    lab_.run(std::chrono::seconds(1));
    EXPECT_TRUE(n(0).has(kind::failed, client));
    auto const& calls = n(0).source.calls;
    EXPECT_EQ(std::count(calls.begin(), calls.end(), "ended " + std::to_string(port)), 1);
}

}  // namespace
}  // namespace stack
