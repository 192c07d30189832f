// A stack dies: its ports come back, exactly once in effect, whoever recovers it and whenever.
// Every backend.
#include "beds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cf::test {
namespace {

using ::testing::HasSubstr;
using kind = port_holder::kind;

template <class Bed>
struct failure_of : ::testing::Test {
    Bed bed;
    stack a = bed.join("TCPIPA");
    stack b = bed.join("TCPIPB");
    stack c = bed.join("TCPIPC");
    port_words range = only(40000, 40002);

    failure_of() { share(d1, *a, *b, *c); }
    kind holder(std::uint16_t port) { return a->who_holds(d1, port).what; }
};
TYPED_TEST_SUITE(failure_of, beds);

TYPED_TEST(failure_of, a_stack_gives_its_ports_to_the_survivors) {
    for (std::uint16_t port : {std::uint16_t{40000}, std::uint16_t{40001}})
        this->b->claim(d1, port, patience::wait).value();
    this->c->claim(d1, 40002, patience::wait).value();
    auto dead = this->b.kill();
    EXPECT_FALSE(this->c->allocate(d1, remote, this->range, patience::wait))
        << "not before it is recovered";
    this->c->recover(dead).value();
    EXPECT_EQ(this->holder(40000), kind::nobody);
    EXPECT_EQ(this->holder(40001), kind::nobody);
    EXPECT_EQ(this->a->who_holds(d1, 40002).slot, this->c->self().slot);
    EXPECT_TRUE(this->c->allocate(d1, remote, this->range, patience::wait));
    EXPECT_TRUE(this->c->allocate(d1, remote, this->range, patience::wait));
}

TYPED_TEST(failure_of, recovery_again_and_by_another_changes_nothing) {
    this->b->claim(d1, 40000, patience::wait).value();
    auto dead = this->b.kill();
    this->a->recover(dead).value();
    this->c->claim(d1, 40000, patience::wait).value();
    this->a->recover(dead).value();
    this->c->recover(dead).value();
    EXPECT_EQ(this->a->who_holds(d1, 40000).slot, this->c->self().slot);
}

TYPED_TEST(failure_of, a_living_stack_cannot_be_recovered) {
    this->b->claim(d1, 40000, patience::wait).value();
    auto refused = this->c->recover(this->b->self());
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr("TCPIPB is alive"));
    EXPECT_EQ(this->holder(40000), kind::one);
}

TYPED_TEST(failure_of, x24_of_a_stack_that_restarted_before_the_recovery_keeps_the_new_ports) {
    this->b->claim(d1, 40000, patience::wait).value();
    auto dead = this->b.kill();
    auto restarted = this->bed.join("TCPIPB");
    EXPECT_GT(restarted->self().incarnation, dead.incarnation);
    restarted->backfill(d1, {}).value();
    restarted->claim(d1, 40000, patience::wait).value();
    restarted->claim(d1, 40001, patience::wait).value();
    this->a->recover(dead).value();
    EXPECT_EQ(this->a->who_holds(d1, 40000).incarnation, restarted->self().incarnation);
    EXPECT_EQ(this->holder(40001), kind::one);
}

TYPED_TEST(failure_of, two_stacks_at_once_is_recovered_by_the_third) {
    this->b->claim(d1, 40000, patience::wait).value();
    this->c->claim(d1, 40001, patience::wait).value();
    auto first = this->b.kill();
    auto second = this->c.kill();
    this->a->recover(second).value();
    this->a->recover(first).value();
    EXPECT_EQ(this->a->usage(d1, this->range)->in_use, 0U);
    EXPECT_EQ(this->a->members().size(), 1U);
}

TYPED_TEST(failure_of, all_stacks_is_recovered_by_the_next_starter) {
    this->a->claim(d1, 40000, patience::wait).value();
    this->b->serve(d1, 40001, patience::wait).value();
    this->a.kill();
    this->b.kill();
    this->c.kill();
    auto next = this->bed.join("TCPIPA");
    EXPECT_EQ(next->members().size(), 1U);
    EXPECT_EQ(next->usage(d1, this->range)->in_use, 0U);
}

TYPED_TEST(failure_of,
           a_holder_of_a_shared_port_leaves_it_to_the_other) {  // X1, ended by a stack failure
    port_words both{};
    insert(both, 40001);
    this->b->backfill(d1, {.bound = both}).value();
    this->c->backfill(d1, {.bound = both}).value();
    EXPECT_EQ(this->holder(40001), kind::several);
    this->a->recover(this->b.kill()).value();
    auto left = this->a->who_holds(d1, 40001);
    EXPECT_EQ(left.what, kind::one);
    EXPECT_EQ(left.slot, this->c->self().slot);
    this->c->release(d1, 40001, patience::wait).value();
    EXPECT_EQ(this->holder(40001), kind::nobody);
}

TYPED_TEST(failure_of, a_stack_leaves_its_service_ports_to_those_that_serve_them_too) {
    this->b->serve(d1, 40001, patience::wait).value();
    this->c->serve(d1, 40001, patience::wait).value();
    this->b->serve(d1, 40002, patience::wait).value();
    this->a->recover(this->b.kill()).value();
    EXPECT_EQ(this->holder(40001), kind::service);
    EXPECT_EQ(this->holder(40002), kind::nobody);
}

TYPED_TEST(failure_of, a_stack_is_reported_once_and_its_recovery_too) {
    using event = group_event::kind;
    this->a->check();
    EXPECT_TRUE(this->a->check().empty());
    auto dead = this->b.kill();
    auto events = this->a->check();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].what, event::failed);
    EXPECT_EQ(events[0].who.incarnation, dead.incarnation);
    EXPECT_TRUE(this->a->check().empty());
    this->c->recover(dead).value();
    events = this->a->check();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].what, event::recovered);
    this->c.cf.reset();
    events = this->a->check();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].what, event::left);
}

TYPED_TEST(failure_of, a_name_is_refused_while_it_is_alive) {
    EXPECT_THROW(this->bed.join("TCPIPB"), std::runtime_error);
    this->b.kill();
    EXPECT_NO_THROW(this->bed.join("TCPIPB"));
}

TYPED_TEST(failure_of, a_stack_that_leaves_gives_everything_back) {
    this->b->claim(d1, 40000, patience::wait).value();
    this->b->serve(d1, 40001, patience::wait).value();
    this->b.cf.reset();
    EXPECT_EQ(this->a->usage(d1, this->range)->in_use, 0U);
    EXPECT_EQ(this->a->members().size(), 2U);
}

TYPED_TEST(failure_of, stacks_leaves_the_group_its_secret) {
    auto const secret = this->a->secret();
    EXPECT_NE(secret, group_secret{});
    EXPECT_EQ(this->c->secret(), secret);
    this->a.kill();
    this->b.kill();
    this->c.kill();
    EXPECT_EQ(this->bed.join("TCPIPD")->secret(), secret);
    EXPECT_NE(TypeParam().join("TCPIPA")->secret(), secret) << "of another group";
}

TYPED_TEST(failure_of, the_group_changes_are_counted) {
    auto before = this->a->changes();
    auto dead = this->b.kill();
    EXPECT_EQ(this->a->changes(), before) << "a death is found by check()";
    this->a->recover(dead).value();
    EXPECT_NE(this->a->changes(), before);
}

TYPED_TEST(failure_of, sixty_four_stacks_fit_in_a_group) {
    std::vector<stack> others;
    for (int i = 3; i < 64; ++i)
        others.push_back(this->bed.join("S" + std::to_string(i)));
    EXPECT_EQ(this->a->members().size(), 64U);
    EXPECT_THROW(this->bed.join("ONEMORE"), std::runtime_error);
    auto& last = others.back();
    last->backfill(d1, {}).value();
    last->claim(d1, 40000, patience::wait).value();
    EXPECT_EQ(this->a->who_holds(d1, 40000).slot, 63);
}

}  // namespace
}  // namespace cf::test
