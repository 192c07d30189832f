#include "daemon/sysplex/problem_detection.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

using action = problem_detection::action;

struct detection : testing::Test {
    problem_detection watched{"TCPIP1"};
    parser::sysplex_monitor how{
        .auto_rejoin = true, .interfaces = true, .recovery = true, .seconds = 20};
    problem_detection::time_point now{};
    bool alone = false;

    problem_detection::outcome after(int seconds, sysplex_health found) {
        now += std::chrono::seconds(seconds);
        return watched.look(found, how, alone, now);
    }
    static constexpr sysplex_health well{};
    static constexpr sysplex_health no_interface{.interfaces = false};
    static constexpr sysplex_health no_partner{.partners = false};
    static constexpr sysplex_health no_memory{.memory = false};
};

TEST_F(detection, a_problem_counts_when_it_has_lasted_for_timersecs) {
    EXPECT_TRUE(after(0, no_interface).messages.empty());
    EXPECT_EQ(after(19, no_interface).todo, action::none);
    auto const found = after(1, no_interface);
    EXPECT_EQ(found.todo, action::leave);
    ASSERT_EQ(found.messages.size(), 1U);
    EXPECT_TRUE(found.messages[0].starts_with("EZD1209E TCPIP1 ")) << found.messages[0];
    EXPECT_TRUE(after(5, no_interface).messages.empty()) << "once";
    EXPECT_EQ(after(5, no_interface).todo, action::none);
}

TEST_F(detection, a_problem_that_ends_before_is_none) {
    (void)after(0, no_partner);
    (void)after(15, well);
    EXPECT_EQ(after(10, no_partner).todo, action::none);
    EXPECT_EQ(after(20, no_partner).todo, action::leave);
}

TEST_F(detection, memory_that_stays_short_is_a_problem_until_there_is_enough) {
    (void)after(0, no_memory);
    auto const found = after(20, no_memory);
    EXPECT_EQ(found.todo, action::leave);
    ASSERT_EQ(found.messages.size(), 1U);
    EXPECT_EQ(found.messages[0],
              "EZD1974E TCPIP1 CSM HAS BEEN CONSTRAINED FOR AT LEAST 20 SECONDS");
    EXPECT_EQ(after(5, well).todo, action::rejoin);
}

TEST_F(detection, with_autorejoin_it_joins_again_when_all_is_well) {
    (void)after(0, no_partner);
    EXPECT_EQ(after(20, no_partner).todo, action::leave);
    EXPECT_EQ(after(5, no_interface).todo, action::none);
    auto const found = after(5, well);
    EXPECT_EQ(found.todo, action::rejoin);
    EXPECT_EQ(after(5, well).todo, action::none);
    how.auto_rejoin = false;
    (void)after(0, no_partner);
    EXPECT_EQ(after(20, no_partner).todo, action::leave);
    EXPECT_EQ(after(5, well).todo, action::none);
}

TEST_F(detection, an_operator_who_has_it_join_makes_it_watch_again) {
    how.auto_rejoin = false;
    (void)after(0, no_partner);
    EXPECT_EQ(after(20, no_partner).todo, action::leave);
    EXPECT_EQ(after(20, no_partner).todo, action::none);
    watched.forget();
    EXPECT_EQ(after(20, no_partner).todo, action::leave);
}

TEST_F(detection, without_recovery_or_alone_it_only_says_so) {
    how.recovery = false;
    (void)after(0, no_partner);
    auto const said = after(20, no_partner);
    EXPECT_EQ(said.todo, action::none);
    EXPECT_EQ(said.messages.size(), 1U);
    how.recovery = true;
    alone = true;
    EXPECT_EQ(after(20, no_partner).todo, action::none);
}

TEST_F(detection, interfaces_count_with_moninterface_alone) {
    how.interfaces = false;
    (void)after(0, no_interface);
    EXPECT_TRUE(after(60, no_interface).messages.empty());
}

}  // namespace
}  // namespace tcpplexd
