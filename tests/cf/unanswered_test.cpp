// Updates that are not answered, on a facility that is a round trip away.
#include "bed.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cf::test {
namespace {

struct unanswered : ::testing::Test {
    memory_bed bed;
    stack a = bed.join("A");
    stack b = bed.join("B");
    port_words range = only(40000, 40063);

    void start(std::uint16_t grain) {
        a->begin_enable(d1, {.grain = grain}).value();
        a->backfill(d1, {}).value();
        b->backfill(d1, {}).value();
        ASSERT_TRUE(b->try_complete(d1).value().on);
        a.life->be_remote();
        b.life->be_remote();
    }
    std::vector<connector::allocation> connects(std::size_t count) {
        return std::vector<connector::allocation>(count, {.to = remote, .excluded = &range});
    }
    std::uint32_t in_use() { return b->usage(d1, range).value().in_use; }
};

TEST_F(unanswered, blocks_are_nobodys_to_give) {
    start(64);
    a.life->fail_next();
    auto group = connects(3);
    a->allocate(d1, group);
    for (auto const& each : group)
        EXPECT_EQ(each.port.error().code, error::unavailable);
    EXPECT_FALSE(a->allocate_held(d1, range)) << "the facility does not know of it";
    EXPECT_EQ(in_use(), 0U);
}

TEST_F(unanswered, refills_leave_nothing_in_the_pool) {
    start(64);
    a.life->fail_next();
    EXPECT_FALSE(a->refill(d1, range, patience::wait));
    EXPECT_FALSE(a->allocate_held(d1, range));
}

TEST_F(unanswered, idle_blocks_go_back_when_the_facility_answers_again) {
    start(64);
    auto group = connects(1);
    a->allocate(d1, group);
    a->release(d1, group[0].port.value(), patience::wait).value();
    a->tend(block_pool::clock::now()).value();
    auto const later = block_pool::clock::now() + 2 * block_pool::idle_time;
    a.life->fail_after(1);  // the settings are read
    EXPECT_FALSE(a->tend(later));
    EXPECT_FALSE(a->holds_blocks());
    EXPECT_EQ(in_use(), 64U);
    a->tend(later).value();
    EXPECT_EQ(in_use(), 0U);
}

TEST_F(unanswered, connects_get_no_port) {
    start(1);
    a.life->fail_next();
    auto group = connects(3);
    a->allocate(d1, group);
    for (auto const& each : group)
        EXPECT_EQ(each.port.error().code, error::unavailable);
    EXPECT_EQ(in_use(), 0U);
}

TEST_F(unanswered, releases_are_done_with_the_next_update) {
    start(1);
    auto group = connects(3);
    a->allocate(d1, group);
    a.life->fail_next();
    EXPECT_FALSE(a->release(d1, group[0].port.value(), patience::wait));
    EXPECT_EQ(in_use(), 3U);
    a->claim(d1, 50000, patience::wait).value();
    EXPECT_EQ(in_use(), 3U) << "one back, one taken";
    a->flush(d1, patience::wait).value();
    EXPECT_EQ(in_use(), 3U);
}

TEST_F(unanswered, releases_of_an_address_the_facility_has_forgotten_are_settled) {
    a->owe(d2, 40000, false);
    a->flush(d2, patience::wait).value();
}

}  // namespace
}  // namespace cf::test
