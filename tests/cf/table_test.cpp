// Form HASHTABLE: a port serves many destinations, on one stack and across stacks.
#include "beds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace cf::test {
namespace {

constexpr sharing_request hashtable{.form = structure_form::hashtable};

constexpr destination place(std::uint32_t host, std::uint16_t port) {
    return {dvipa::v4(host).bytes, port};
}
constexpr auto r = place(0xc0000201, 7000);
constexpr auto r_other_port = place(0xc0000201, 7001);
constexpr auto r2 = place(0xc0000202, 7000);

std::vector<connection_note> one(connection_note const& what) {
    return {what};
}

template <class Bed>
struct table_of_connections : ::testing::Test {
    Bed bed;
    stack a = bed.join("TCPIPA");
    stack b = bed.join("TCPIPB");

    void SetUp() override { share_as(hashtable, d1, *a, *b); }

    result<std::uint16_t> take(stack& who, destination const& to,
                               port_words const& range = only(40000, 40000)) {
        return who->allocate(d1, to, range, patience::wait);
    }
    void end(stack& who, std::uint16_t port, destination const& to) {
        who->note(d1, one({.entry = {port, to}, .ended = true}), patience::wait).value();
    }
    port_holder::kind held(std::uint16_t port) { return a->who_holds(d1, port).what; }
};
TYPED_TEST_SUITE(table_of_connections, beds);
using kind = port_holder::kind;

TYPED_TEST(table_of_connections, gives_one_port_to_several_stacks_for_different_destinations) {
    EXPECT_EQ(this->take(this->a, r).value(), 40000);
    EXPECT_EQ(this->take(this->b, r).error().code, error::exhausted);
    EXPECT_EQ(this->take(this->a, r).error().code, error::exhausted);
    EXPECT_EQ(this->take(this->b, r_other_port).value(), 40000);
    EXPECT_EQ(this->take(this->b, r2).value(), 40000);
}

TYPED_TEST(table_of_connections, tells_who_has_a_connection) {
    this->take(this->a, r).value();
    this->take(this->b, r2).value();
    EXPECT_EQ(this->a->who_holds(d1, 40000, r).slot, this->a->self().slot);
    EXPECT_EQ(this->a->who_holds(d1, 40000, r2).slot, this->b->self().slot);
    EXPECT_EQ(this->a->who_holds(d1, 40000, r_other_port).what, kind::nobody);
    EXPECT_EQ(this->held(40000), kind::several);
}

TYPED_TEST(table_of_connections, shows_a_port_in_use_until_its_last_connection_ends) {
    this->take(this->a, r).value();
    this->take(this->a, r2).value();
    this->end(this->a, 40000, r);
    EXPECT_EQ(this->held(40000), kind::one);
    this->end(this->a, 40000, r);  // again: changes nothing
    EXPECT_EQ(this->held(40000), kind::one);
    this->end(this->a, 40000, r2);
    EXPECT_EQ(this->held(40000), kind::nobody);
}

// claims: X8
TYPED_TEST(table_of_connections, leaves_what_another_stack_has_made_of_an_ended_connection) {
    this->take(this->a, r).value();
    this->end(this->a, 40000, r);
    this->take(this->b, r).value();
    this->end(this->a, 40000, r);
    EXPECT_EQ(this->a->who_holds(d1, 40000, r).slot, this->b->self().slot);
    EXPECT_EQ(this->take(this->a, r).error().code, error::exhausted);
}

// claims: X29
TYPED_TEST(table_of_connections, keeps_five_hundred_connections_on_one_port) {
    std::vector<destination> places;
    for (std::uint16_t i = 0; i < 500; ++i)
        places.push_back(place(0xc0000200U + i % 7, static_cast<std::uint16_t>(7000 + i)));
    for (auto const& to : places)
        EXPECT_EQ(this->take(this->b, to).value(), 40000);
    std::shuffle(places.begin(), places.end(), std::mt19937(1));
    for (auto const& to : places) {
        EXPECT_NE(this->held(40000), kind::nobody);
        this->end(this->b, 40000, to);
    }
    EXPECT_EQ(this->held(40000), kind::nobody);
}

TYPED_TEST(table_of_connections, keeps_others_off_the_port_of_a_bound_socket) {
    this->a->claim(d1, 40000, patience::wait).value();
    EXPECT_EQ(this->take(this->b, r).error().code, error::exhausted);
    EXPECT_EQ(this->b->claim(d1, 40000, patience::wait).error().code, error::in_use);
    EXPECT_EQ(this->b->who_holds(d1, 40000, r2).slot, this->a->self().slot);
    this->a->release(d1, 40000, patience::wait).value();
    EXPECT_TRUE(this->take(this->b, r));
}

TYPED_TEST(table_of_connections, refuses_to_bind_a_port_that_others_connect_from) {
    this->take(this->a, r).value();
    auto refused = this->b->claim(d1, 40000, patience::wait);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().holders, std::vector<std::string>{"TCPIPA"});
    this->take(this->b, r2).value();
    EXPECT_EQ(this->a->claim(d1, 40000, patience::wait).error().code, error::in_use);
}

TYPED_TEST(table_of_connections, gives_a_port_without_destination_to_one_stack_alone) {
    this->take(this->a, r).value();
    EXPECT_EQ(this->take(this->b, {}).error().code, error::exhausted);
    EXPECT_EQ(this->take(this->b, {}, only(40000, 40001)).value(), 40001);
    EXPECT_EQ(this->take(this->a, r, only(40001, 40001)).error().code, error::exhausted);
}

TYPED_TEST(table_of_connections, has_inbound_ones_too_and_no_source_port_on_a_service) {
    this->b->serve(d1, 40000, patience::wait).value();
    this->b->note(d1, one({.entry = {40000, r}, .inbound = true}), patience::wait).value();
    EXPECT_EQ(this->a->who_holds(d1, 40000, r).slot, this->b->self().slot);
    EXPECT_EQ(this->held(40000), kind::service);
    EXPECT_EQ(this->take(this->a, r2).error().code, error::exhausted);
    this->a->serve(d1, 40000, patience::wait).value();  // any stack may serve it
    this->end(this->b, 40000, r);
    this->b->unserve(d1, 40000, patience::wait).value();
    this->a->unserve(d1, 40000, patience::wait).value();
    EXPECT_EQ(this->held(40000), kind::nobody);
}

TYPED_TEST(table_of_connections, loses_those_of_a_failed_stack_and_no_others) {
    this->take(this->a, r).value();
    this->take(this->b, r2).value();
    auto const dead = this->b.kill();
    this->a->recover(dead).value();
    this->a->recover(dead).value();
    EXPECT_EQ(this->a->who_holds(d1, 40000, r).slot, this->a->self().slot);
    EXPECT_EQ(this->held(40000), kind::one);
    EXPECT_TRUE(this->take(this->a, r2));
}

TYPED_TEST(table_of_connections, adopts_one_connection_of_two_stacks_until_both_let_go) {
    this->a->begin_disable(d1).value();
    this->a->begin_enable(d1, hashtable).value();
    adoption uses;
    uses.connections.push_back({.entry = {40000, r}});
    this->a->backfill(d1, uses).value();
    this->b->backfill(d1, uses).value();
    ASSERT_TRUE(this->a->try_complete(d1)->on);
    EXPECT_EQ(this->a->who_holds(d1, 40000, r).what, kind::several);
    this->end(this->a, 40000, r);
    EXPECT_EQ(this->take(this->a, r).error().code, error::exhausted);
    this->end(this->b, 40000, r);
    EXPECT_TRUE(this->take(this->a, r));
}

TYPED_TEST(table_of_connections, is_empty_after_sharing_was_off) {
    this->take(this->a, r).value();
    this->a->begin_disable(d1).value();
    EXPECT_EQ(this->a->settings(d1)->state, sharing_state::draining);
    this->end(this->a, 40000, r);
    EXPECT_EQ(this->a->settings(d1)->state, sharing_state::off);
    share_as({}, d1, *this->a, *this->b);  // and another form can have the address
    EXPECT_TRUE(this->take(this->b, r));
}

TEST(full_table, refuses_one_more_and_keeps_what_it_has) {
    scratch directory;
    auto facility = shared_memory::backend::open(directory.file(), {.connections = 1024}).value();
    auto stack = connector::join(std::move(facility), described("TCPIPA"), 1).value();
    share_as(hashtable, d1, *stack);
    for (int i = 0; i < 1024; ++i)
        ASSERT_TRUE(stack->allocate(d1, r, only(30000, 39999), patience::wait)) << i;
    auto refused = stack->allocate(d1, r, only(30000, 39999), patience::wait);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::full);
    EXPECT_EQ(
        stack->note(d1, one({.entry = {80, r}, .inbound = true}), patience::wait).error().code,
        error::full);
    EXPECT_EQ(stack->usage(d1, {})->in_use, 1024U);
}

}  // namespace
}  // namespace cf::test
