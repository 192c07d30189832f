// Each method of distribution against its documented rule, over 100,000 connections.
#include "stack/dvipa/destination_table.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <deque>
#include <random>

namespace stack::dvipa {
namespace {

constexpr unsigned many = 100'000;
member_id const self{0, 1};
endpoint const service{address::v4(0x0a090909), 80};

/// Three targets that listen; the first is the owner itself.
class methods : public testing::Test {
  protected:
    explicit methods() {
        for (std::uint16_t i = 0; i < 3; ++i) {
            rule.targets.emplace_back().who = who(i);
            if (i != 0) table.listening(service, who(i));
        }
    }
    static member_id who(std::size_t i) { return {static_cast<std::uint16_t>(i), 1}; }
    void use(distribution_method method) {
        rule.method = method;
        table.configure();
    }
    void report(std::size_t i, std::uint32_t capacity, std::uint8_t room = 100) {
        target_report told;
        told.capacity = capacity;
        if (room != 100) told.services.push_back({service, room});
        table.report(who(i), told);
    }
    /// Its server takes so many per cent of its connections.
    void report_responsive(std::size_t i, std::uint8_t accepted) {
        table.report(who(i), {100, {{.service = service, .accepted = accepted}}});
    }
    std::size_t pick() {
        auto const target = table.pick(service, rule, self, self_listens);
        return target ? target->slot : no_target;
    }
    /// What each gets of `many`, as a part of all.
    std::array<double, 3> shares() {
        std::array<unsigned, 3> counts{};
        for (unsigned i = 0; i < many; ++i)
            ++counts.at(pick());
        return {counts[0] / double{many}, counts[1] / double{many}, counts[2] / double{many}};
    }
    void expect_shares(std::array<double, 3> const& wanted) {
        auto const got = shares();
        for (std::size_t i = 0; i < 3; ++i)
            EXPECT_NEAR(got[i], wanted[i], 0.02) << i;
    }

    distribution_settings rule;
    destination_table table;
    bool self_listens = true;
};

TEST_F(methods, round_robin_gives_each_as_much) {
    use(distribution_method::round_robin);
    report(1, 1);
    expect_shares({1 / 3.0, 1 / 3.0, 1 / 3.0});
}

TEST_F(methods, round_robin_passes_over_those_without_a_listener) {
    use(distribution_method::round_robin);
    self_listens = false;
    expect_shares({0, 0.5, 0.5});
    table.stopped_listening(service, who(2));
    expect_shares({0, 1, 0});
    table.stopped_listening(service, who(1));
    EXPECT_EQ(pick(), no_target);
}

TEST_F(methods, base_wlm_goes_by_idle_processors) {
    use(distribution_method::base_wlm);
    report(0, 100, 1);
    report(1, 300);
    report(2, 600);
    expect_shares({0.1, 0.3, 0.6});
    EXPECT_EQ(table.weight(service, rule, who(0)), 11U);
    EXPECT_EQ(table.weight(service, rule, who(1)), 32U);
    EXPECT_EQ(table.weight(service, rule, who(2)), 64U);
}

TEST_F(methods, who_has_not_reported_counts_as_the_best) {
    use(distribution_method::base_wlm);
    report(1, 100);
    report(2, 200);
    expect_shares({0.4, 0.2, 0.4});
}

TEST_F(methods, without_reports_all_are_equal) {
    use(distribution_method::base_wlm);
    expect_shares({1 / 3.0, 1 / 3.0, 1 / 3.0});
}

TEST_F(methods, server_wlm_goes_by_the_room_in_the_backlog_too) {
    use(distribution_method::server_wlm);
    report(0, 200, 50);
    report(1, 200, 0);
    report(2, 300);
    expect_shares({0.25, 0, 0.75});
    EXPECT_EQ(table.weight(service, rule, who(1)), 0U);
}

TEST_F(methods, server_wlm_goes_round_while_all_backlogs_are_full) {
    use(distribution_method::server_wlm);
    for (std::size_t i = 0; i < 3; ++i)
        report(i, 100, 0);
    expect_shares({1 / 3.0, 1 / 3.0, 1 / 3.0});
}

TEST_F(methods, responsiveness_lowers_the_weights_reported) {
    for (auto const method : {distribution_method::base_wlm, distribution_method::server_wlm}) {
        use(method);
        for (std::size_t i = 0; i < 3; ++i)
            report_responsive(i, i == 1 ? 50 : 100);
        expect_shares({0.4, 0.2, 0.4});
        EXPECT_EQ(table.weight(service, rule, who(1)), 32U);
    }
}

TEST_F(methods, responsiveness_lowers_the_weights_configured) {
    use(distribution_method::weighted_active);
    rule.targets[0].weight = 20;
    rule.targets[1].weight = rule.targets[2].weight = 40;
    report_responsive(1, 50);
    for (unsigned i = 0; i < many; ++i)
        table.opened(service, who(pick()));
    EXPECT_NEAR(table.find(service, who(0))->active, many / 4, many / 50);
    EXPECT_NEAR(table.find(service, who(1))->active, many / 4, many / 50);
    EXPECT_NEAR(table.find(service, who(2))->active, many / 2, many / 50);
}

TEST_F(methods, who_does_not_respond_gets_nothing_while_another_does) {
    for (auto const method :
         {distribution_method::base_wlm, distribution_method::server_wlm,
          distribution_method::round_robin, distribution_method::weighted_active,
          distribution_method::hot_standby}) {
        SCOPED_TRACE(static_cast<int>(method));
        use(method);
        report_responsive(0, 0);
        report_responsive(1, 0);
        report_responsive(2, 60);
        expect_shares({0, 0, 1});
        report_responsive(2, 0);
        EXPECT_NE(pick(), no_target) << "where none does";
    }
}

TEST_F(methods, the_three_parts_of_responsiveness_are_multiplied) {
    table.report(who(1), {100, {{service, 10, 50, 60, 0}}});
    for (int i = 0; i < 2; ++i)
        table.handed_over(service, who(1), {});
    table.arrived(service, who(1));
    auto const& target = *table.find(service, who(1));
    EXPECT_EQ(target.responsiveness(), 30);
    table.advance(instant(std::chrono::seconds(1)));
    EXPECT_EQ(target.arriving.percent(), 100) << "the other may be on its way";
    table.advance(instant(std::chrono::seconds(2)));
    EXPECT_EQ(target.arriving.percent(), 50);
    EXPECT_EQ(target.responsiveness(), 15);
}

TEST_F(methods, what_found_a_full_backlog_has_arrived) {
    table.handed_over(service, who(1), {});
    table.report(who(1), {100, {{.service = service, .refused = 1}}});
    table.advance(instant(std::chrono::seconds(1)));
    EXPECT_EQ(table.find(service, who(1))->arriving.percent(), 100);
    EXPECT_FALSE(table.next_second());
}

// Connections begin and end at random: those that there are have the proportion, not those that
// have been handed out.
TEST_F(methods, weighted_active_keeps_the_proportion_of_those_that_there_are) {
    use(distribution_method::weighted_active);
    rule.targets[0].weight = 10;
    rule.targets[1].weight = 30;
    rule.targets[2].weight = 60;
    std::mt19937 random(1);
    std::array<std::uint32_t, 3> active{};
    std::array<std::uint64_t, 3> sum{};
    std::uint64_t all = 0;
    for (unsigned i = 0; i < many; ++i) {
        auto const at = pick();
        table.opened(service, who(at));
        ++active.at(at);
        // The connections of the third are short.
        std::size_t const over = active[2] > 500 ? 2 : random() % 3;
        if (active.at(over) > 200 && active[0] + active[1] + active[2] > 2000) {
            table.ended(service, who(over));
            --active.at(over);
        }
        if (i < many / 2) continue;
        for (std::size_t t = 0; t < 3; ++t)
            sum.at(t) += active.at(t);
        all += active[0] + active[1] + active[2];
    }
    EXPECT_NEAR(static_cast<double>(sum[0]) / static_cast<double>(all), 0.1, 0.02);
    EXPECT_NEAR(static_cast<double>(sum[1]) / static_cast<double>(all), 0.3, 0.02);
    EXPECT_NEAR(static_cast<double>(sum[2]) / static_cast<double>(all), 0.6, 0.02);
    EXPECT_EQ(table.find(service, who(2))->active, active[2]);
}

TEST_F(methods, weighted_active_gives_weight_zero_nothing) {
    use(distribution_method::weighted_active);
    rule.targets[0].weight = 0;
    for (unsigned i = 0; i < many; ++i) {
        auto const at = pick();
        ASSERT_NE(at, 0U);
        table.opened(service, who(at));
    }
    EXPECT_EQ(table.find(service, who(1))->active, many / 2);
    table.stopped_listening(service, who(1));
    table.stopped_listening(service, who(2));
    EXPECT_EQ(pick(), no_target);
}

TEST_F(methods, a_port_that_nobody_has_listened_on_leaves_no_row) {
    use(distribution_method::round_robin);
    EXPECT_FALSE(table.pick({service.host, 81}, rule, self, false));
    EXPECT_FALSE(table.take({service.host, 82}, rule, who(1), self, false));
    table.each_service([](endpoint const& each) { EXPECT_EQ(each, service); });
}

class hot_standby : public methods {
  protected:
    /// The second is preferred; of the backups the third has the higher rank.
    hot_standby() {
        use(distribution_method::hot_standby);
        rule.targets[1].preferred = true;
        rule.targets[2].rank = 7;
    }
};

TEST_F(hot_standby, the_preferred_target_has_all) {
    expect_shares({0, 1, 0});
    EXPECT_TRUE(table.stands(service, who(1)));
}

TEST_F(hot_standby, the_backup_of_the_highest_rank_stands_in_until_the_preferred_is_back) {
    table.stopped_listening(service, who(1));
    expect_shares({0, 0, 1});
    table.listening(service, who(1));
    expect_shares({0, 1, 0});
}

TEST_F(hot_standby, without_switch_back_the_backup_stays_as_long_as_it_listens) {
    rule.switch_back = false;
    table.stopped_listening(service, who(1));
    EXPECT_EQ(pick(), 2U);
    table.listening(service, who(1));
    expect_shares({0, 0, 1});
    table.configure();
    EXPECT_EQ(pick(), 2U) << "other settings change nothing";
    table.stopped_listening(service, who(2));
    EXPECT_EQ(pick(), 1U);
}

TEST_F(hot_standby, without_switch_back_a_backup_is_followed_by_the_next_best) {
    rule.switch_back = false;
    table.stopped_listening(service, who(1));
    table.stopped_listening(service, who(2));
    EXPECT_EQ(pick(), 0U);
    self_listens = false;
    EXPECT_EQ(pick(), no_target);
}

TEST_F(hot_standby, a_server_that_does_not_respond_is_left_only_with_health_switch) {
    EXPECT_EQ(pick(), 1U);
    report_responsive(1, 1);
    report(2, 100, 0);
    EXPECT_EQ(pick(), 1U) << "it responds somewhat";
    report_responsive(1, 0);
    EXPECT_EQ(pick(), 2U) << "whose backlog is full, but whose server takes connections";
    report_responsive(1, 49);
    EXPECT_EQ(pick(), 2U) << "the first sign of life is no recovery";
    report_responsive(1, 50);
    EXPECT_EQ(pick(), 1U);
    rule.health_switch = false;
    report_responsive(1, 0);
    EXPECT_EQ(pick(), 1U);
}

TEST_F(hot_standby, one_that_responds_somewhat_is_better_than_one_that_does_not) {
    report_responsive(1, 0);
    report_responsive(2, 0);
    report_responsive(0, 20);
    EXPECT_EQ(pick(), 0U);
}

TEST_F(hot_standby, nobody_switches_while_none_responds) {
    EXPECT_EQ(pick(), 1U);
    for (std::size_t i = 0; i < 3; ++i)
        report_responsive(i, 0);
    EXPECT_EQ(pick(), 1U);
}

TEST_F(methods, a_member_that_goes_and_another_order_of_the_targets_leave_the_rest_as_it_was) {
    use(distribution_method::hot_standby);
    rule.switch_back = false;
    rule.targets[0].preferred = true;
    EXPECT_EQ(pick(), 0U);
    self_listens = false;
    EXPECT_EQ(pick(), 1U);
    self_listens = true;
    table.remove(who(2));
    rule.targets = {rule.targets[1], rule.targets[0]};
    table.configure();
    EXPECT_EQ(pick(), 1U);
    EXPECT_EQ(table.find(service, who(1))->connections, 2U);
}

// OPTLOCAL 2 to 16.
TEST_F(methods, a_weight_counts_several_times_for_what_its_target_opens) {
    for (auto const method :
         {distribution_method::base_wlm, distribution_method::weighted_active}) {
        use(method);
        rule.opt_local = 4;
        for (unsigned i = 0; i < 3; ++i)
            report(i, 100);
        std::array<unsigned, 3> counts{};
        for (unsigned i = 0; i < 6000; ++i) {
            auto const target = table.pick(service, rule, self, self_listens, who(1));
            ASSERT_TRUE(target);
            ++counts.at(target->slot);
            table.opened(service, *target);
        }
        EXPECT_NEAR(counts[1], 4000, 2) << static_cast<int>(method);
        for (std::size_t i = 0; i < 3; ++i)
            for (unsigned n = 0; n < counts.at(i); ++n)
                table.ended(service, who(i));
    }
}

}  // namespace
}  // namespace stack::dvipa
