// Ports shared in blocks (GRAIN above 1), on every backend.
#include "beds.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace cf::test {
namespace {

using ::testing::UnorderedElementsAre;
using recalled = connector::recalled;

template <class Bed>
struct shared_in_blocks : ::testing::Test {
    static constexpr sharing_request how{.grain = 64};
    Bed bed;
    stack a = bed.join("A");
    stack b = bed.join("B");
    port_words range = only(40000, 49999);

    void SetUp() override {
        a->begin_enable(d1, how).value();
        a->backfill(d1, {}).value();
        b->backfill(d1, {}).value();
        ASSERT_TRUE(b->try_complete(d1).value().on);
    }
    static result<std::uint16_t> allocate(stack& from, port_words const& excluded) {
        return from->allocate(d1, remote, excluded, patience::wait);
    }
    std::uint32_t held_by(stack& which) {
        auto const usage = a->usage(d1, range).value();
        for (auto const& each : usage.stacks)
            if (each.slot == which->self().slot) return each.in_use;
        return 0;
    }
    void expect_sound() { EXPECT_TRUE(a->verify(d1).value().violations.empty()); }
};
TYPED_TEST_SUITE(shared_in_blocks, beds);

TYPED_TEST(shared_in_blocks, the_first_connection_takes_a_block_and_the_next_ask_nobody) {
    auto const first = this->allocate(this->a, this->range).value();
    EXPECT_EQ(this->held_by(this->a), 64U);
    for (int more = 0; more < 40; ++more) {
        auto const next = this->a->allocate_held(d1, this->range);
        ASSERT_TRUE(next);
        EXPECT_EQ(word_of(*next), word_of(first));
        EXPECT_EQ(this->b->who_holds(d1, *next).slot, this->a->self().slot);
    }
    EXPECT_EQ(this->held_by(this->a), 64U);
    this->expect_sound();
}

TYPED_TEST(shared_in_blocks, two_stacks_take_different_blocks) {
    std::set<std::uint16_t> given;
    for (int each = 0; each < 200; ++each) {
        EXPECT_TRUE(given.insert(this->allocate(this->a, this->range).value()).second);
        EXPECT_TRUE(given.insert(this->allocate(this->b, this->range).value()).second);
    }
    this->expect_sound();
}

TYPED_TEST(shared_in_blocks, a_block_is_fetched_ahead_of_need) {
    (void)this->allocate(this->a, this->range).value();
    while (!this->a->wants_blocks(d1))
        ASSERT_TRUE(this->a->allocate_held(d1, this->range));
    EXPECT_GT(this->a->blocks(d1).free, 0U);
    this->a->refill(d1, this->range, patience::wait).value();
    EXPECT_FALSE(this->a->wants_blocks(d1));
    EXPECT_GE(this->held_by(this->a), 128U);
}

TYPED_TEST(shared_in_blocks, idle_blocks_go_back) {
    auto const port = this->allocate(this->a, this->range).value();
    this->a->release(d1, port, patience::wait).value();
    this->a->tend(block_pool::clock::now()).value();
    EXPECT_EQ(this->held_by(this->a), 64U);
    auto const later = block_pool::clock::now() + 2 * block_pool::idle_time;
    this->a->tend(later).value();
    EXPECT_EQ(this->held_by(this->a), 0U);
    EXPECT_FALSE(this->a->holds_blocks());
}

TYPED_TEST(shared_in_blocks, switching_off_takes_idle_ports_back_and_leaves_those_in_use) {
    auto const port = this->allocate(this->a, this->range).value();
    this->b->begin_disable(d1).value();
    this->a->tend(block_pool::clock::now()).value();
    EXPECT_EQ(this->held_by(this->a), 1U);
    EXPECT_EQ(this->a->settings(d1).value().state, sharing_state::draining);
    this->a->release(d1, port, patience::wait).value();
    EXPECT_EQ(this->a->settings(d1).value().state, sharing_state::off);
}

TYPED_TEST(shared_in_blocks, a_bind_into_another_stacks_block_is_answered_by_recall) {
    auto const used = this->allocate(this->a, this->range).value();
    auto const idle = static_cast<std::uint16_t>(used ^ 1U);
    EXPECT_EQ(this->b->claim(d1, idle, patience::wait).error().code, error::in_use);
    EXPECT_EQ(this->a->recall(d1, idle).value(), recalled::given_back);
    this->b->claim(d1, idle, patience::wait).value();
    EXPECT_EQ(this->a->recall(d1, used).value(), recalled::in_use);
    EXPECT_EQ(this->a->recall(d1, idle).value(), recalled::not_held);
    EXPECT_EQ(this->b->claim(d1, used, patience::wait).error().holders,
              std::vector<std::string>{"A"});
    this->expect_sound();
}

TYPED_TEST(shared_in_blocks, a_bind_to_an_idle_port_of_the_own_block_needs_nobody) {
    auto const used = this->allocate(this->a, this->range).value();
    auto const idle = static_cast<std::uint16_t>(used ^ 1U);
    this->a->claim(d1, idle, patience::wait).value();
    EXPECT_EQ(this->a->recall(d1, idle).value(), recalled::in_use);
    this->a->release(d1, idle, patience::wait).value();
    EXPECT_EQ(this->a->recall(d1, idle).value(), recalled::given_back);
}

TYPED_TEST(shared_in_blocks, a_listener_takes_its_port_out_of_the_block) {
    auto const used = this->allocate(this->a, this->range).value();
    auto const service = static_cast<std::uint16_t>(used ^ 1U);
    this->a->serve(d1, service, patience::wait).value();
    this->b->serve(d1, service, patience::wait).value();
    while (auto port = this->a->allocate_held(d1, this->range))
        EXPECT_NE(*port, service);
    EXPECT_EQ(this->held_by(this->a), 63U);
    this->a->unserve(d1, service, patience::wait).value();
    this->b->unserve(d1, service, patience::wait).value();
    this->b->claim(d1, service, patience::wait).value();
    this->expect_sound();
}

// With the range held by idle blocks, a third stack still gets every port that is free.
// claims: X17
TYPED_TEST(shared_in_blocks, exhaustion_by_idle_blocks_ends_when_the_others_spare_what_they_can) {
    auto const small = only(40000, 40127);  // blocks: 40000-40063, 40064-40127
    (void)this->allocate(this->a, small).value();
    (void)this->allocate(this->b, small).value();
    auto c = this->bed.join("C");
    c->backfill(d1, {}).value();
    int got = 0;
    for (;;) {
        auto port = this->allocate(c, small);
        if (!port) {
            ASSERT_EQ(port.error().code, error::exhausted);
            bool any = this->a->recall(d1, 0).value() == recalled::given_back;
            any |= this->b->recall(d1, 0).value() == recalled::given_back;
            if (!any) break;
            continue;
        }
        ++got;
    }
    EXPECT_EQ(got, 126);
    this->expect_sound();
}

TYPED_TEST(shared_in_blocks, a_block_in_which_several_hold_ports_is_counted_port_by_port) {
    this->a->begin_disable(d1).value();
    auto const small = only(40000, 40063);
    this->a->begin_enable(d1, this->how).value();
    this->a->backfill(d1, {.bound = set_of({40001, 40002})}).value();
    this->b->backfill(d1, {.bound = set_of({40002, 40003})}).value();
    ASSERT_TRUE(this->a->try_complete(d1).value().on);
    auto const port = this->allocate(this->a, small).value();
    EXPECT_EQ(this->held_by(this->a), 3U);
    EXPECT_EQ(this->held_by(this->b), 2U);
    EXPECT_FALSE(this->a->holds_blocks());
    // Empty of the others' ports, it is a block again.
    this->a->release(d1, {40001, 40002, port}, patience::wait).value();
    this->b->release(d1, {40002, 40003}, patience::wait).value();
    (void)this->allocate(this->b, small).value();
    EXPECT_EQ(this->held_by(this->b), 64U);
}

TYPED_TEST(shared_in_blocks, a_group_of_connects_gets_ports_of_blocks_and_the_rest_is_refused) {
    auto const small = only(40000, 40127);
    std::vector<connector::allocation> group(130, {.to = remote, .excluded = &small});
    this->a->allocate(d1, group);
    std::set<std::uint16_t> given;
    for (auto const& each : group) {
        if (!each.port) continue;
        EXPECT_TRUE(given.insert(*each.port).second);
    }
    EXPECT_EQ(given.size(), 128U);
    EXPECT_EQ(group.back().port.error().code, error::exhausted);
    this->expect_sound();
}

TYPED_TEST(shared_in_blocks, all_of_a_dead_stacks_blocks_are_free_again) {
    for (int each = 0; each < 100; ++each)
        (void)this->allocate(this->a, this->range).value();
    auto const dead = this->a.kill();
    this->b->recover(dead).value();
    EXPECT_EQ(this->b->usage(d1, this->range).value().in_use, 0U);
}

TYPED_TEST(shared_in_blocks, every_port_of_the_range_is_given) {
    auto const thousand = only(40000, 40999);
    std::set<std::uint16_t> given;
    while (auto port = this->allocate(this->a, thousand))
        EXPECT_TRUE(given.insert(*port).second);
    EXPECT_EQ(given.size(), 1000U);
    EXPECT_EQ(*given.begin(), 40000);
    EXPECT_EQ(*given.rbegin(), 40999);
    this->expect_sound();
}

}  // namespace
}  // namespace cf::test
