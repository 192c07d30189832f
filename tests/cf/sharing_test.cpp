// Switching sharing on behind a barrier, adoption of what is in use, switching off. Every backend.
#include "beds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cf::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using kind = port_holder::kind;

template <class Bed>
struct switching : ::testing::Test {
    Bed bed;
    stack a = bed.join("TCPIPA");
    stack b = bed.join("TCPIPB");
    port_words range = only(40000, 40003);

    sharing_state state() { return a->settings(d1)->state; }
    error refused(connector& by) {
        return by.allocate(d1, remote, range, patience::wait).error().code;
    }
};
TYPED_TEST_SUITE(switching, beds);

TYPED_TEST(switching, on_waits_for_every_member_and_names_those_it_waits_for) {
    this->a->begin_enable(d1, {}).value();
    EXPECT_EQ(this->state(), sharing_state::enabling);
    this->a->backfill(d1, {.bound = set_of({40000})}).value();
    EXPECT_EQ(this->refused(*this->a), error::enabling);
    auto barrier = this->a->try_complete(d1).value();
    EXPECT_FALSE(barrier.on);
    EXPECT_THAT(barrier.waiting, ElementsAre("TCPIPB"));
    this->b->backfill(d1, {.bound = set_of({40001})}).value();
    EXPECT_TRUE(this->b->try_complete(d1)->on);
    EXPECT_EQ(this->state(), sharing_state::on);
    for (int i = 0; i < 2; ++i)
        EXPECT_GE(this->b->allocate(d1, remote, this->range, patience::wait).value(), 40002);
    EXPECT_EQ(this->refused(*this->b), error::exhausted);
}

TYPED_TEST(switching, on_again_with_the_same_form_changes_nothing) {
    share(d1, *this->a, *this->b);
    auto before = this->a->settings(d1).value();
    this->a->claim(d1, 40000, patience::wait).value();
    EXPECT_EQ(this->b->begin_enable(d1, {}).value(), before);
    EXPECT_TRUE(this->b->try_complete(d1)->on);
    EXPECT_EQ(this->a->who_holds(d1, 40000).what, kind::one);
}

TYPED_TEST(switching, x1_two_stacks_on_one_port_keep_it_taken_until_both_let_go) {
    for (bool a_first : {true, false}) {
        this->a->begin_enable(d1, {}).value();
        this->a->backfill(d1, {.bound = set_of({40001})}).value();
        this->b->backfill(d1, {.bound = set_of({40001})}).value();
        ASSERT_TRUE(this->a->try_complete(d1)->on);
        EXPECT_EQ(this->a->who_holds(d1, 40001).what, kind::several);
        EXPECT_THAT(this->a->holders(d1, 40001).value(), ElementsAre("TCPIPA", "TCPIPB"));

        auto& first = a_first ? this->a : this->b;
        auto& second = a_first ? this->b : this->a;
        first->release(d1, 40001, patience::wait).value();
        EXPECT_EQ(this->a->who_holds(d1, 40001).slot, second->self().slot);
        EXPECT_FALSE(first->claim(d1, 40001, patience::wait));
        second->release(d1, 40001, patience::wait).value();
        EXPECT_EQ(this->a->who_holds(d1, 40001).what, kind::nobody);
        this->a->begin_disable(d1).value();
        ASSERT_EQ(this->state(), sharing_state::off);
    }
}

TYPED_TEST(switching, on_that_is_abandoned_names_the_silent_and_leaves_nothing) {
    this->a->begin_enable(d1, {}).value();
    this->a->backfill(d1, {.bound = set_of({40001, 50000}), .services = set_of({8080})}).value();
    EXPECT_THAT(this->a->abandon(d1).value(), ElementsAre("TCPIPB"));
    EXPECT_EQ(this->state(), sharing_state::off);
    EXPECT_EQ(this->a->usage(d1, this->range)->in_use, 0U);
    EXPECT_EQ(this->b->backfill(d1, {}).error().code, error::not_shared);
    EXPECT_EQ(this->b->try_complete(d1).error().code, error::not_shared);
    EXPECT_EQ(this->refused(*this->a), error::not_shared);
}

TYPED_TEST(switching, on_completes_when_the_silent_member_has_failed_and_is_recovered) {
    this->a->begin_enable(d1, {}).value();
    this->a->backfill(d1, {}).value();
    this->b->backfill(d1, {.bound = set_of({40001})}).value();
    auto c = this->bed.join("TCPIPC");
    EXPECT_THAT(this->a->try_complete(d1)->waiting, ElementsAre("TCPIPC"));
    auto dead = c.kill();
    EXPECT_FALSE(this->a->try_complete(d1)->on);
    this->a->recover(dead).value();
    EXPECT_TRUE(this->a->try_complete(d1)->on);
}

TYPED_TEST(switching, on_is_taken_back_when_the_stack_that_began_it_dies) {
    this->a->begin_enable(d1, {}).value();
    this->a->backfill(d1, {.bound = set_of({40000})}).value();
    this->b->backfill(d1, {.bound = set_of({40001})}).value();
    auto dead = this->a.kill();
    this->b->recover(dead).value();
    EXPECT_EQ(this->b->settings(d1)->state, sharing_state::off);
    EXPECT_EQ(this->b->usage(d1, this->range)->in_use, 0U);
    EXPECT_EQ(this->b->begin_enable(d1, {})->state, sharing_state::enabling);
}

TYPED_TEST(switching, on_a_member_that_comes_later_backfills_before_it_takes_a_port) {
    share(d1, *this->a, *this->b);
    auto late = this->bed.join("TCPIPC");
    EXPECT_EQ(this->refused(*late), error::enabling);
    EXPECT_EQ(late->claim(d1, 40000, patience::wait).error().code, error::enabling);
    late->backfill(d1, {.bound = set_of({40002})}).value();
    EXPECT_TRUE(late->allocate(d1, remote, this->range, patience::wait));
    EXPECT_EQ(this->a->who_holds(d1, 40002).slot, late->self().slot);
}

TYPED_TEST(switching, on_records_service_ports_and_connections_on_one_port) {
    this->a->begin_enable(d1, {}).value();
    this->a->backfill(d1, {.services = set_of({40001})}).value();
    this->b->backfill(d1, {.bound = set_of({40001})}).value();
    ASSERT_TRUE(this->a->try_complete(d1)->on);
    EXPECT_EQ(this->b->who_holds(d1, 40001).what, kind::several);
    this->b->release(d1, 40001, patience::wait).value();
    EXPECT_EQ(this->b->who_holds(d1, 40001).what, kind::service);
}

TYPED_TEST(switching, off_drains_until_the_last_source_port_is_released) {
    share(d1, *this->a, *this->b);
    this->a->claim(d1, 40000, patience::wait).value();
    this->b->serve(d1, 40003, patience::wait).value();
    this->b->begin_disable(d1).value();
    EXPECT_EQ(this->state(), sharing_state::draining);
    EXPECT_EQ(this->refused(*this->b), error::not_shared);
    EXPECT_EQ(this->b->who_holds(d1, 40000).what, kind::one);
    auto changes = this->b->changes();
    this->a->release(d1, 40000, patience::wait).value();
    EXPECT_EQ(this->state(), sharing_state::off);
    EXPECT_NE(this->b->changes(), changes);
    EXPECT_EQ(this->b->usage(d1, this->range)->in_use, 0U);
}

TYPED_TEST(switching, off_is_reached_when_the_last_holder_dies) {
    share(d1, *this->a, *this->b);
    this->b->claim(d1, 40000, patience::wait).value();
    this->a->begin_disable(d1).value();
    this->a->recover(this->b.kill()).value();
    EXPECT_EQ(this->state(), sharing_state::off);
}

TYPED_TEST(switching, on_while_draining_keeps_the_ports_in_use) {
    share(d1, *this->a, *this->b);
    this->a->claim(d1, 40000, patience::wait).value();
    this->a->begin_disable(d1).value();
    this->b->begin_enable(d1, {}).value();
    this->b->backfill(d1, {}).value();
    this->a->backfill(d1, {.bound = set_of({40000})}).value();
    EXPECT_TRUE(this->b->try_complete(d1)->on);
    EXPECT_EQ(this->b->who_holds(d1, 40000).slot, this->a->self().slot);
}

TYPED_TEST(switching, on_with_another_form_says_what_it_is_and_who_set_it) {
    share(d1, *this->a, *this->b);
    auto refused = this->b->begin_enable(d1, {.form = structure_form::hashtable});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::disagree);
    EXPECT_THAT(refused.error().text,
                HasSubstr("10.1.9.9 is shared with BITMAP GRAIN 1, set by TCPIPA"));
}

TYPED_TEST(switching, on_with_a_grain_not_offered_is_refused) {
    auto refused = this->a->begin_enable(d1, {.grain = 65});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr("GRAIN 65"));
    EXPECT_EQ(this->state(), sharing_state::off);
}

TYPED_TEST(switching, on_with_a_list_in_blocks_is_refused) {
    auto refused = this->a->begin_enable(d1, {.form = structure_form::list, .grain = 64});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr("only BITMAP is given out in blocks"));
    EXPECT_EQ(this->state(), sharing_state::off);
}

}  // namespace
}  // namespace cf::test
