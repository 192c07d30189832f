// How well a target's servers take connections: each figure of VDPT, second by second.
#include "stack/dvipa/arrivals.hpp"
#include "stack/dvipa/recent_rate.hpp"
#include "stack/dvipa/server_health.hpp"

#include <gtest/gtest.h>

namespace stack::dvipa {
namespace {

/// The seconds in which a server may fail before its figure is 0: "a few".
constexpr int a_few = 8;

TEST(recent_rate, counts_100_before_anything_has_happened) {
    EXPECT_EQ(recent_rate().percent(), 100);
    EXPECT_TRUE(recent_rate().is_whole());
}

TEST(recent_rate, a_second_weighs_as_much_as_all_before_it) {
    recent_rate rate;
    rate.add(1'000'000, 1'000'000);
    rate.add(0, 1);
    EXPECT_EQ(rate.percent(), 50);
    rate.add(1, 2);
    EXPECT_EQ(rate.percent(), 50);
    rate.add(3, 3);
    EXPECT_EQ(rate.percent(), 75);
}

TEST(recent_rate, reaches_both_ends_in_a_few_seconds) {
    recent_rate rate;
    for (int i = 0; i < a_few; ++i)
        rate.add(0, 5);
    EXPECT_EQ(rate.percent(), 0);
    for (int i = 0; i < a_few; ++i)
        rate.add(5, 5);
    EXPECT_EQ(rate.percent(), 100);
    EXPECT_FALSE(rate.is_whole());
    for (int i = 0; i < 10; ++i)
        rate.add(5, 5);
    EXPECT_TRUE(rate.is_whole());
}

TEST(recent_rate, leads_back_slowly_while_nothing_happens) {
    recent_rate rate;
    for (int i = 0; i < 20; ++i)
        rate.add(0, 1);
    rate.add(0, 0);
    EXPECT_EQ(rate.percent(), 3);
    for (int i = 0; i < 300; ++i)
        rate.add(0, 0);
    EXPECT_TRUE(rate.is_whole());
}

class arriving : public testing::Test {
  protected:
    void second(unsigned handed, unsigned arrived) {
        for (unsigned i = 0; i < handed; ++i)
            it.handed();
        it.arrived(arrived);
        goes_on = it.end_second();
    }
    arrivals it;
    bool goes_on = true;
};

TEST_F(arriving, all_is_100_and_then_nothing_is_left_to_measure) {
    second(7, 7);
    EXPECT_EQ(it.percent(), 100);
    EXPECT_FALSE(goes_on);
}

TEST_F(arriving, those_on_their_way_when_a_second_ends_are_not_lost) {
    second(10, 4);
    EXPECT_EQ(it.percent(), 100);
    EXPECT_TRUE(goes_on);
    second(10, 6 + 10);
    EXPECT_EQ(it.percent(), 100);
    EXPECT_FALSE(goes_on);
}

TEST_F(arriving, half_of_them_tends_to_50) {
    for (int i = 0; i < 20; ++i)
        second(100, 50);
    EXPECT_NEAR(it.percent(), 50, 1);
}

TEST_F(arriving, none_falls_to_0_and_a_few_lead_up_again) {
    for (int i = 0; i <= a_few; ++i)
        second(3, 0);
    EXPECT_EQ(it.percent(), 0);
    second(0, 0);  // those of the last second are lost
    EXPECT_EQ(it.percent(), 0);
    second(0, 0);
    EXPECT_EQ(it.percent(), 3);
    second(1, 1);
    EXPECT_NEAR(it.percent(), 52, 1);
}

TEST_F(arriving, more_than_were_handed_over_hide_no_later_loss) {
    second(1, 1000);
    second(10, 0);
    second(10, 0);
    EXPECT_EQ(it.percent(), 50);
}

class health : public testing::Test {
  protected:
    health() { second(); }
    service_health second() {
        it.measure({{service, counts}});
        return it.found().empty() ? service_health{.service = service} : it.found().front();
    }
    /// Of so many that ask, all get established.
    void established(unsigned count) {
        counts.established += count;
        counts.waiting += count;
    }
    void accepted(unsigned count) {
        counts.accepted += count;
        counts.waiting -= count;
    }
    endpoint const service{address::v4(0x0a090909), 80};
    tcp::service_counts counts{.backlog = 10};
    server_health it;
};

TEST_F(health, of_an_idle_server_is_not_worth_a_word) {
    for (int i = 0; i < 100; ++i)
        second();
    EXPECT_TRUE(it.found().empty());
}

TEST_F(health, of_a_server_that_takes_all_at_once_is_as_well_as_can_be) {
    for (int i = 0; i < 100; ++i) {
        established(9);
        accepted(9);
        second();
    }
    EXPECT_TRUE(it.found().empty());
}

TEST_F(health, what_the_listener_had_counted_before_is_the_past) {
    endpoint const other{service.host, 81};
    it.measure({{other, {.failed = 1000, .refused = 1000, .backlog = 1}}});
    EXPECT_TRUE(it.found().empty());
}

TEST_F(health, handshakes_that_fail_lower_the_rate_of_those_established) {
    counts.failed += 1;
    established(3);
    accepted(3);
    EXPECT_EQ(second().established, 88);  // between 100 and 75
    for (int i = 0; i < 20; ++i) {
        counts.failed += 1;
        established(1);
        accepted(1);
        second();
    }
    EXPECT_EQ(second().established, 52);  // 50, and a second without any
    EXPECT_EQ(second().accepted, 100);
}

TEST_F(health, connections_refused_lower_the_rate_and_are_told) {
    established(1);
    accepted(1);
    counts.refused += 3;
    auto const found = second();
    EXPECT_EQ(found.established, 63);  // between 100 and 25
    EXPECT_EQ(found.refused, 3U);
    EXPECT_EQ(second().refused, 0U);
}

TEST_F(health, those_that_have_not_waited_a_second_say_nothing) {
    established(5);
    auto const found = second();
    EXPECT_EQ(found.accepted, 100);
    EXPECT_EQ(found.room, 50);
    accepted(5);
    established(5);  // others, which have come since
    EXPECT_EQ(second().accepted, 100);
}

TEST_F(health, a_server_that_takes_nothing_falls_to_0_and_comes_back_when_it_takes_them) {
    established(4);
    for (int i = 0; i <= a_few; ++i)
        second();
    EXPECT_EQ(second().accepted, 0);
    EXPECT_EQ(second().established, 100);
    for (int i = 0; i < 60; ++i)
        second();
    EXPECT_EQ(second().accepted, 0) << "while they wait";
    accepted(4);
    EXPECT_EQ(second().accepted, 50);
}

TEST_F(health, a_server_that_took_many_falls_as_fast) {
    established(100'000);
    accepted(99'999);
    second();
    for (int i = 0; i < a_few; ++i)
        second();
    EXPECT_EQ(second().accepted, 0);
}

TEST_F(health, a_slow_server_takes_a_part) {
    established(10);
    second();
    for (int i = 0; i < 20; ++i) {
        accepted(5);
        established(5);
        second();
    }
    EXPECT_EQ(second().accepted, 25);  // 50, and a second without any
}

TEST_F(health, a_listener_that_goes_takes_its_counts_with_it) {
    established(10);
    accepted(10);
    second();
    counts = {.established = 1, .accepted = 1, .backlog = 10};
    second();
    EXPECT_TRUE(it.found().empty());
    it.measure({});
    EXPECT_TRUE(it.found().empty());
}

}  // namespace
}  // namespace stack::dvipa
