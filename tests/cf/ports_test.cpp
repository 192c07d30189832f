// Ports of one DVIPA between stacks: allocate, bind, release, services, exhaustion.
#include "bed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <barrier>
#include <set>
#include <thread>

namespace cf::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct ports : ::testing::Test {
    scratch directory;
    std::unique_ptr<connector> a = join_file(directory.file(), "TCPIPA");
    std::unique_ptr<connector> b = join_file(directory.file(), "TCPIPB");
    std::unique_ptr<connector> c = join_file(directory.file(), "TCPIPC");
    port_words range = only(40000, 40003);

    ports() { share(d1, *a, *b, *c); }

    std::uint16_t take(connector& stack, port_words const& excluded) {
        return stack.allocate(d1, remote, excluded, patience::try_once).value();
    }
};

TEST_F(ports, stacks_never_get_the_same_port) {
    std::set<std::uint16_t> given;
    auto any = only(1024, 65535);
    for (int round = 0; round < 50; ++round)
        for (auto* stack : {a.get(), b.get(), c.get()})
            given.insert(take(*stack, any));
    EXPECT_EQ(given.size(), 150U);
}

TEST_F(ports, x16_the_fifth_connect_on_four_ports_fails_at_once_and_a_release_makes_room) {
    auto first = take(*a, range);
    take(*b, range);
    take(*c, range);
    take(*a, range);
    auto fifth = b->allocate(d1, remote, range, patience::try_once);
    ASSERT_FALSE(fifth);
    EXPECT_EQ(fifth.error().code, error::exhausted);
    EXPECT_THAT(fifth.error().text, HasSubstr("10.1.9.9"));
    a->release(d1, first, patience::try_once).value();
    EXPECT_EQ(take(*b, range), first);
}

TEST_F(ports, x8_a_release_that_arrives_twice_does_not_free_the_next_holders_port) {
    auto one = only(40000, 40000);
    take(*b, one);
    b->release(d1, 40000, patience::wait).value();
    take(*c, one);
    b->release(d1, 40000, patience::wait).value();
    EXPECT_EQ(c->who_holds(d1, 40000).slot, c->self().slot);
    EXPECT_FALSE(a->allocate(d1, remote, one, patience::wait));
}

TEST_F(ports, x15_a_port_just_released_is_not_given_next) {
    for (int round = 0; round < 100; ++round) {
        auto port = take(*b, range);
        b->release(d1, port, patience::wait).value();
        auto next = take(*c, range);
        EXPECT_NE(next, port);
        c->release(d1, next, patience::wait).value();
    }
}

TEST_F(ports, x25_the_same_port_of_two_dvipas_is_two_ports) {
    share(d2, *a, *b, *c);
    auto one = only(40000, 40000);
    EXPECT_EQ(take(*a, one), 40000);
    EXPECT_EQ(a->allocate(d2, remote, one, patience::wait).value(), 40000);
    a->release(d1, 40000, patience::wait).value();
    EXPECT_EQ(a->who_holds(d1, 40000).what, port_holder::kind::nobody);
    EXPECT_EQ(a->who_holds(d2, 40000).what, port_holder::kind::one);
}

TEST_F(ports, claim_35_a_bind_to_a_port_in_use_is_refused_with_its_holder) {
    b->claim(d1, 40001, patience::try_once).value();
    auto refused = c->claim(d1, 40001, patience::try_once);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::in_use);
    EXPECT_THAT(refused.error().holders, ElementsAre("TCPIPB"));
    EXPECT_THAT(refused.error().text, HasSubstr("port 40001 of 10.1.9.9 is in use by TCPIPB"));
    EXPECT_EQ(c->usage(d1, range)->in_use, 1U);
}

TEST_F(ports, claim_36_a_bind_is_recorded_before_any_connect) {
    c->claim(d1, 40003, patience::try_once).value();
    auto holder = a->who_holds(d1, 40003);
    EXPECT_EQ(holder.what, port_holder::kind::one);
    EXPECT_EQ(holder.slot, c->self().slot);
    EXPECT_EQ(holder.incarnation, c->self().incarnation);
    auto usage = a->usage(d1, range).value();
    EXPECT_EQ(usage.available, 3U);
    ASSERT_EQ(usage.stacks.size(), 3U);
    EXPECT_EQ(usage.stacks[c->self().slot].in_use, 1U);
    EXPECT_FALSE(b->allocate(d1, remote, only(40003, 40003), patience::wait));
}

TEST_F(ports, a_bind_to_a_port_the_stack_holds_already_is_granted) {
    a->claim(d1, 40001, patience::wait).value();
    EXPECT_TRUE(a->claim(d1, 40001, patience::wait));
    a->release(d1, 40001, patience::wait).value();
    EXPECT_EQ(a->who_holds(d1, 40001).what, port_holder::kind::nobody);
}

TEST_F(ports, x20_a_service_port_is_served_by_many_and_a_source_port_of_none) {
    a->serve(d1, 40002, patience::wait).value();
    b->serve(d1, 40002, patience::wait).value();
    EXPECT_EQ(c->who_holds(d1, 40002).what, port_holder::kind::service);
    std::set<std::uint16_t> given{take(*a, range), take(*b, range), take(*c, range)};
    EXPECT_EQ(given.count(40002), 0U);
    EXPECT_FALSE(c->allocate(d1, remote, range, patience::wait));

    auto refused = c->claim(d1, 40002, patience::wait);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::in_use);
    EXPECT_TRUE(refused.error().service_port);
    EXPECT_THAT(refused.error().holders, ElementsAre("TCPIPA", "TCPIPB"));

    a->unserve(d1, 40002, patience::wait).value();
    EXPECT_FALSE(c->claim(d1, 40002, patience::wait));
    b->unserve(d1, 40002, patience::wait).value();
    EXPECT_TRUE(c->claim(d1, 40002, patience::wait));
}

TEST_F(ports, x20_listening_on_a_source_port_of_another_stack_is_refused) {
    b->claim(d1, 40001, patience::wait).value();
    auto refused = a->serve(d1, 40001, patience::wait);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::in_use);
    EXPECT_THAT(refused.error().holders, ElementsAre("TCPIPB"));
}

TEST_F(ports, a_socket_bound_before_it_listens_turns_into_a_service) {
    a->claim(d1, 40001, patience::wait).value();
    a->serve(d1, 40001, patience::wait).value();
    EXPECT_EQ(b->who_holds(d1, 40001).what, port_holder::kind::service);
    EXPECT_TRUE(b->serve(d1, 40001, patience::wait));
    b->unserve(d1, 40001, patience::wait).value();
    a->release(d1, 40001, patience::wait).value();  // the socket's own release changes nothing now
    EXPECT_EQ(b->who_holds(d1, 40001).what, port_holder::kind::service);
    a->unserve(d1, 40001, patience::wait).value();
    EXPECT_EQ(b->who_holds(d1, 40001).what, port_holder::kind::nobody);
}

TEST_F(ports, all_64512_ports_can_be_in_use_and_all_come_back) {
    auto any = only(1024, 65535);
    std::set<std::uint16_t> given;
    for (unsigned i = 0; i < 64512; ++i)
        given.insert(take(i % 2 == 0 ? *a : *b, any));
    EXPECT_EQ(given.size(), 64512U);
    EXPECT_EQ(a->allocate(d1, remote, any, patience::try_once).error().code, error::exhausted);
    std::vector<std::uint16_t> all(given.begin(), given.end());
    a->release(d1, all, patience::wait).value();
    b->release(d1, all, patience::wait).value();
    EXPECT_EQ(a->usage(d1, any)->available, 64512U);
}

TEST_F(ports, an_unknown_dvipa_is_not_shared) {
    EXPECT_EQ(a->allocate(d2, remote, range, patience::wait).error().code, error::not_shared);
    EXPECT_EQ(a->claim(d2, 1, patience::wait).error().code, error::not_shared);
    EXPECT_TRUE(a->release(d2, 1, patience::wait));
    EXPECT_EQ(a->who_holds(d2, 1).what, port_holder::kind::nobody);
    EXPECT_EQ(a->settings(d2)->state, sharing_state::off);
}

TEST_F(ports, port_zero_is_never_given) {
    auto none_but_zero = only(0, 0);
    EXPECT_FALSE(a->allocate(d1, remote, none_but_zero, patience::wait));
    EXPECT_FALSE(a->claim(d1, 0, patience::wait));
}

TEST_F(ports, the_edges_of_the_port_space_are_ports_like_others) {
    for (auto port : std::initializer_list<std::uint16_t>{1, 63, 64, 65535}) {
        EXPECT_EQ(take(*a, only(port, port)), port);
        EXPECT_EQ(b->who_holds(d1, port).what, port_holder::kind::one);
    }
}

// claims: X18 35 36
TEST(bind, of_two_stacks_at_once_succeeds_for_exactly_one_each_of_200_times) {
    file_bed bed;
    std::array<stack, 2> stacks{bed.join("TCPIPA"), bed.join("TCPIPB")};
    share(d1, *stacks[0], *stacks[1]);
    std::array<std::vector<bool>, 2> won;
    std::barrier together(2);
    auto bind_all = [&](std::size_t who) {
        for (std::uint16_t round = 0; round < 200; ++round) {
            together.arrive_and_wait();
            auto const port = static_cast<std::uint16_t>(40000 + round);
            won[who].push_back(stacks[who]->claim(d1, port, patience::wait).has_value());
        }
    };
    std::thread other([&] { bind_all(1); });
    bind_all(0);
    other.join();
    for (std::size_t round = 0; round < 200; ++round)
        EXPECT_NE(won[0][round], won[1][round]) << round;
}

}  // namespace
}  // namespace cf::test
