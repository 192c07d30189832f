// What is in flight, as ranges: RFC 2018, 6675, 8985.
#include "stack/tcp/recovery/scoreboard.hpp"

#include "stack/tcp/limits.hpp"

#include <gtest/gtest.h>

namespace tcp_test {

using namespace std::chrono_literals;
using namespace stack::tcp;
using stack::instant;

namespace {

constexpr std::uint32_t mss = 1000;

class scoreboard_test : public testing::Test {
  protected:
    void TearDown() override {
        board.clear(all);
        EXPECT_EQ(all.size(), 0U);
    }

    void sent(std::uint32_t begin, std::uint32_t end, instant when) {
        board.sent(all, seq(begin), seq(end), when, mss);
    }
    delivery sack(std::uint32_t begin, std::uint32_t end) {
        delivery d{.now = instant(1s)};
        board.sack(all, seq(begin), seq(end), mss, d);
        return d;
    }
    delivery acknowledge(std::uint32_t una) {
        delivery d{.now = instant(1s)};
        board.acknowledge(all, seq(una), d);
        return d;
    }
    std::string rule(std::uint32_t una, std::uint32_t nxt) {
        char const* const broken = board.broken_rule(all, seq(una), seq(nxt));
        return broken == nullptr ? "" : broken;
    }

    sent_ranges all;
    scoreboard board;
};

}  // namespace

TEST_F(scoreboard_test, a_burst_of_whole_segments_is_one_range) {
    sent(0, 3000, instant(1ms));
    sent(3000, 5000, instant(1ms));
    EXPECT_EQ(all.size(), 1U);
    sent(5000, 6000, instant(2ms));
    EXPECT_EQ(all.size(), 2U);
    EXPECT_EQ(rule(0, 6000), "");
}

TEST_F(scoreboard_test, a_block_splits_and_its_neighbours_join) {
    sent(0, 10'000, instant(1ms));
    EXPECT_EQ(sack(2000, 3000).sacked, 1000U);
    EXPECT_EQ(sack(4000, 5000).sacked, 1000U);
    EXPECT_EQ(all.size(), 5U);
    EXPECT_EQ(sack(2000, 6000).sacked, 2000U) << "what was known counts once";
    EXPECT_EQ(all.size(), 3U);
    EXPECT_EQ(board.sacked(), 4000U);
    EXPECT_EQ(rule(0, 10'000), "");
}

TEST_F(scoreboard_test, only_whole_segments_of_a_block_count) {
    sent(0, 10'000, instant(1ms));
    EXPECT_EQ(sack(2500, 2999).bytes, 0U);
    EXPECT_EQ(sack(2500, 4500).sacked, 1000U);
    EXPECT_EQ(board.sacked(), 1000U);
    EXPECT_EQ(sack(9000, 10'000).sacked, 1000U);
    EXPECT_EQ(rule(0, 10'000), "");
}

TEST_F(scoreboard_test, ranges_are_bounded) {
    constexpr std::uint32_t segments = 3 * limits::max_sent_ranges;
    sent(0, segments * mss, instant(1ms));
    for (std::uint32_t i = 1; i < segments; i += 2)
        sack(i * mss, (i + 1) * mss);
    EXPECT_LE(all.size(), limits::max_sent_ranges);
    EXPECT_EQ(rule(0, segments * mss), "");
}

TEST_F(scoreboard_test, an_acknowledgement_takes_ranges_away_whatever_their_fate) {
    sent(0, 4000, instant(1ms));
    sack(2000, 3000);
    board.lose_front(all, mss);
    delivery const d = acknowledge(3500);
    EXPECT_EQ(d.bytes, 2500U) << "the block had been counted";
    EXPECT_EQ(board.sacked() + board.lost(), 0U);
    EXPECT_EQ(rule(3500, 4000), "");
    acknowledge(4000);
    EXPECT_TRUE(board.empty());
}

TEST_F(scoreboard_test, what_is_lost_is_sent_again_from_the_front) {
    sent(0, 10'000, instant(1ms));
    sack(4000, 10'000);
    board.lose_if(all, [](sent_range const&) { return true; });
    EXPECT_EQ(board.lost(), 4000U);
    auto const first = board.first_lost(all);
    ASSERT_TRUE(first);
    board.resent(all, *first, seq(1000), instant(5ms), mss);
    EXPECT_EQ(board.lost(), 3000U);
    auto const second = board.first_lost(all);
    ASSERT_TRUE(second);
    EXPECT_EQ(all[*second].begin, seq(1000));
    EXPECT_EQ(rule(0, 10'000), "");
}

TEST_F(scoreboard_test, karn_measures_only_what_was_sent_once) {
    sent(0, 1000, instant(1ms));
    board.lose_all(all);
    board.resent(all, *board.first_lost(all), seq(1000), instant(500ms), mss);
    delivery const d = acknowledge(1000);
    EXPECT_FALSE(d.rtt);
    EXPECT_FALSE(d.original);
    ASSERT_TRUE(d.newest);
    EXPECT_EQ(d.newest->sent, instant(500ms));
}

TEST_F(scoreboard_test, an_answer_faster_than_the_path_is_to_the_first_transmission) {
    sent(0, 1000, instant(1ms));
    board.lose_all(all);
    board.resent(all, *board.first_lost(all), seq(1000), instant(999ms), mss);
    delivery d{.now = instant(1s), .min_rtt = 20ms};
    board.acknowledge(all, seq(1000), d);
    EXPECT_FALSE(d.newest) << "RFC 8985 6.2 step 2";
}

TEST_F(scoreboard_test, what_comes_after_something_sent_later_was_reordered) {
    sent(0, 1000, instant(1ms));
    sent(1000, 2000, instant(2ms));
    EXPECT_FALSE(sack(1000, 2000).reordered);
    EXPECT_TRUE(acknowledge(1000).reordered);
}

TEST_F(scoreboard_test, a_receiver_that_gives_up_what_it_had_gets_it_again) {
    sent(0, 3000, instant(1ms));
    sack(1000, 3000);
    acknowledge(1000);
    board.forget_sacks_if_reneged(all);
    EXPECT_EQ(board.lost(), 2000U);
    EXPECT_EQ(board.sacked(), 0U);
    EXPECT_EQ(rule(1000, 3000), "");
}

}  // namespace tcp_test
