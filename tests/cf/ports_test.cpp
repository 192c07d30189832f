// Ports of one DVIPA between stacks: allocate, bind, release, services, exhaustion. Every backend.
#include "beds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace cf::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

template <class Bed>
struct ports : ::testing::Test {
    Bed bed;
    stack a = bed.join("TCPIPA");
    stack b = bed.join("TCPIPB");
    stack c = bed.join("TCPIPC");
    port_words range = only(40000, 40003);

    ports() { share(d1, *a, *b, *c); }

    static std::uint16_t take(connector& stack, port_words const& excluded) {
        return stack.allocate(d1, remote, excluded, patience::wait).value();
    }
};
TYPED_TEST_SUITE(ports, beds);

TYPED_TEST(ports, stacks_never_get_the_same_port) {
    std::set<std::uint16_t> given;
    auto any = only(1024, 65535);
    for (int round = 0; round < 50; ++round)
        for (auto* stack : {this->a.cf.get(), this->b.cf.get(), this->c.cf.get()})
            given.insert(this->take(*stack, any));
    EXPECT_EQ(given.size(), 150U);
}

TYPED_TEST(ports, connects_and_releases_made_together_are_as_those_made_one_by_one) {
    auto const eight = only(40000, 40007);
    std::vector<connector::allocation> group(6, {.to = remote, .excluded = &eight});
    this->a->allocate(d1, group);
    std::set<std::uint16_t> given;
    for (auto const& each : group)
        EXPECT_TRUE(given.insert(each.port.value()).second);
    EXPECT_EQ(this->a->usage(d1, eight).value().in_use, 6U);
    for (auto port : given)
        this->a->owe(d1, port, false);
    this->b->allocate(d1, group);
    EXPECT_EQ(group[2].port.error().code, error::exhausted) << "what is owed is still held";
    this->a->flush(d1, patience::wait).value();
    EXPECT_EQ(this->b->usage(d1, eight).value().in_use, 2U);
    EXPECT_TRUE(this->a->verify(d1).value().violations.empty());
}

TYPED_TEST(ports, x16_the_fifth_connect_on_four_ports_fails_at_once_and_a_release_makes_room) {
    auto first = this->take(*this->a, this->range);
    this->take(*this->b, this->range);
    this->take(*this->c, this->range);
    this->take(*this->a, this->range);
    auto fifth = this->b->allocate(d1, remote, this->range, patience::wait);
    ASSERT_FALSE(fifth);
    EXPECT_EQ(fifth.error().code, error::exhausted);
    EXPECT_THAT(fifth.error().text, HasSubstr("10.1.9.9"));
    this->a->release(d1, first, patience::wait).value();
    EXPECT_EQ(this->take(*this->b, this->range), first);
}

TYPED_TEST(ports, x8_a_release_that_arrives_twice_does_not_free_the_next_holders_port) {
    auto one = only(40000, 40000);
    this->take(*this->b, one);
    this->b->release(d1, 40000, patience::wait).value();
    this->take(*this->c, one);
    this->b->release(d1, 40000, patience::wait).value();
    EXPECT_EQ(this->c->who_holds(d1, 40000).slot, this->c->self().slot);
    EXPECT_FALSE(this->a->allocate(d1, remote, one, patience::wait));
}

TYPED_TEST(ports, x25_the_same_port_of_two_dvipas_is_two_ports) {
    share(d2, *this->a, *this->b, *this->c);
    auto one = only(40000, 40000);
    EXPECT_EQ(this->take(*this->a, one), 40000);
    EXPECT_EQ(this->a->allocate(d2, remote, one, patience::wait).value(), 40000);
    this->a->release(d1, 40000, patience::wait).value();
    EXPECT_EQ(this->a->who_holds(d1, 40000).what, port_holder::kind::nobody);
    EXPECT_EQ(this->a->who_holds(d2, 40000).what, port_holder::kind::one);
}

TYPED_TEST(ports, claim_35_a_bind_to_a_port_in_use_is_refused_with_its_holder) {
    this->b->claim(d1, 40001, patience::wait).value();
    auto refused = this->c->claim(d1, 40001, patience::wait);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::in_use);
    EXPECT_THAT(refused.error().holders, ElementsAre("TCPIPB"));
    EXPECT_THAT(refused.error().text, HasSubstr("port 40001 of 10.1.9.9 is in use by TCPIPB"));
    EXPECT_EQ(this->c->usage(d1, this->range)->in_use, 1U);
}

TYPED_TEST(ports, claim_36_a_bind_is_recorded_before_any_connect) {
    this->c->claim(d1, 40003, patience::wait).value();
    auto holder = this->a->who_holds(d1, 40003);
    EXPECT_EQ(holder.what, port_holder::kind::one);
    EXPECT_EQ(holder.slot, this->c->self().slot);
    EXPECT_EQ(holder.incarnation, this->c->self().incarnation);
    auto usage = this->a->usage(d1, this->range).value();
    EXPECT_EQ(usage.available, 3U);
    ASSERT_EQ(usage.stacks.size(), 3U);
    EXPECT_EQ(usage.stacks[this->c->self().slot].in_use, 1U);
    EXPECT_FALSE(this->b->allocate(d1, remote, only(40003, 40003), patience::wait));
}

TYPED_TEST(ports, a_bind_to_a_port_the_stack_holds_already_is_granted) {
    this->a->claim(d1, 40001, patience::wait).value();
    EXPECT_TRUE(this->a->claim(d1, 40001, patience::wait));
    this->a->release(d1, 40001, patience::wait).value();
    EXPECT_EQ(this->a->who_holds(d1, 40001).what, port_holder::kind::nobody);
}

TYPED_TEST(ports, x20_a_service_port_is_served_by_many_and_a_source_port_of_none) {
    this->a->serve(d1, 40002, patience::wait).value();
    this->b->serve(d1, 40002, patience::wait).value();
    EXPECT_EQ(this->c->who_holds(d1, 40002).what, port_holder::kind::service);
    std::set<std::uint16_t> given{this->take(*this->a, this->range),
                                  this->take(*this->b, this->range),
                                  this->take(*this->c, this->range)};
    EXPECT_EQ(given.count(40002), 0U);
    EXPECT_FALSE(this->c->allocate(d1, remote, this->range, patience::wait));

    auto refused = this->c->claim(d1, 40002, patience::wait);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::in_use);
    EXPECT_TRUE(refused.error().service_port);
    EXPECT_THAT(refused.error().holders, ElementsAre("TCPIPA", "TCPIPB"));

    this->a->unserve(d1, 40002, patience::wait).value();
    EXPECT_FALSE(this->c->claim(d1, 40002, patience::wait));
    this->b->unserve(d1, 40002, patience::wait).value();
    EXPECT_TRUE(this->c->claim(d1, 40002, patience::wait));
}

TYPED_TEST(ports, x20_listening_on_a_source_port_of_another_stack_is_refused) {
    this->b->claim(d1, 40001, patience::wait).value();
    auto refused = this->a->serve(d1, 40001, patience::wait);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::in_use);
    EXPECT_THAT(refused.error().holders, ElementsAre("TCPIPB"));
}

TYPED_TEST(ports, a_socket_bound_before_it_listens_turns_into_a_service) {
    this->a->claim(d1, 40001, patience::wait).value();
    this->a->serve(d1, 40001, patience::wait).value();
    EXPECT_EQ(this->b->who_holds(d1, 40001).what, port_holder::kind::service);
    EXPECT_TRUE(this->b->serve(d1, 40001, patience::wait));
    this->b->unserve(d1, 40001, patience::wait).value();
    this->a->release(d1, 40001, patience::wait)
        .value();  // the socket's own release changes nothing now
    EXPECT_EQ(this->b->who_holds(d1, 40001).what, port_holder::kind::service);
    this->a->unserve(d1, 40001, patience::wait).value();
    EXPECT_EQ(this->b->who_holds(d1, 40001).what, port_holder::kind::nobody);
}

TYPED_TEST(ports, an_unknown_dvipa_is_not_shared) {
    EXPECT_EQ(this->a->allocate(d2, remote, this->range, patience::wait).error().code,
              error::not_shared);
    EXPECT_EQ(this->a->claim(d2, 1, patience::wait).error().code, error::not_shared);
    EXPECT_TRUE(this->a->release(d2, 1, patience::wait));
    EXPECT_EQ(this->a->who_holds(d2, 1).what, port_holder::kind::nobody);
    EXPECT_EQ(this->a->settings(d2)->state, sharing_state::off);
}

TYPED_TEST(ports, port_zero_is_never_given) {
    auto none_but_zero = only(0, 0);
    EXPECT_FALSE(this->a->allocate(d1, remote, none_but_zero, patience::wait));
    EXPECT_FALSE(this->a->claim(d1, 0, patience::wait));
}

TYPED_TEST(ports, the_edges_of_the_port_space_are_ports_like_others) {
    for (auto port : std::initializer_list<std::uint16_t>{1, 63, 64, 65535}) {
        EXPECT_EQ(this->take(*this->a, only(port, port)), port);
        EXPECT_EQ(this->b->who_holds(d1, port).what, port_holder::kind::one);
    }
}

}  // namespace
}  // namespace cf::test
