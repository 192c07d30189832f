// How the congestion window grows and shrinks: RFC 5681, 6928, 9406, 9438.
#include "stack/tcp/congestion/congestion.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tcp_test {

using namespace std::chrono_literals;
using namespace stack::tcp;
using stack::duration;
using stack::instant;

namespace {

constexpr std::uint16_t mss = 1000;

/// A window's worth of acknowledgements, one for every two segments.
void round_trip(congestion& c, instant now, duration rtt, seq& una) {
    std::uint32_t const window = c.window();
    seq const nxt = una + 2 * window;
    for (std::uint32_t acked = 0; acked + 2 * mss <= window; acked += 2 * mss) {
        una += 2 * mss;
        c.on_ack({.acked = 2 * mss,
                  .mss = mss,
                  .limited = true,
                  .snd_una = una,
                  .snd_nxt = nxt,
                  .rtt = rtt,
                  .srtt = rtt,
                  .now = now});
    }
}

congestion started(congestion_algorithm algorithm) {
    congestion c;
    c.start(algorithm, mss, seq(0), false);
    return c;
}

}  // namespace

TEST(congestion, begins_with_ten_segments_and_doubles) {
    congestion c = started(congestion_algorithm::cubic);
    EXPECT_EQ(c.window(), 10'000U);
    seq una(0);
    round_trip(c, instant(1s), 100ms, una);
    EXPECT_EQ(c.window(), 20'000U);
}

TEST(congestion, a_lost_syn_leaves_one_segment) {
    congestion c;
    c.start(congestion_algorithm::cubic, mss, seq(0), true);
    EXPECT_EQ(c.window(), 1000U);
}

TEST(congestion, a_window_that_is_not_used_does_not_grow) {
    congestion c = started(congestion_algorithm::cubic);
    c.on_ack({.acked = 2000,
              .mss = mss,
              .limited = false,
              .snd_una = seq(2000),
              .snd_nxt = seq(9000),
              .rtt = 10ms,
              .srtt = 10ms,
              .now = instant(1s)});
    EXPECT_EQ(c.window(), 10'000U);
}

TEST(congestion, newreno_halves_and_adds_a_segment_a_round_trip) {
    congestion c = started(congestion_algorithm::newreno);
    c.on_congestion(10'000, mss);
    EXPECT_EQ(c.slow_start_threshold(), 5000U);
    c.set_window(8000);
    seq una(0);
    round_trip(c, instant(1s), 100ms, una);
    EXPECT_EQ(c.window(), 9000U);
}

// rfc: 9406-4.3
TEST(congestion, slow_start_ends_when_round_trips_become_longer) {
    congestion c = started(congestion_algorithm::cubic);
    seq una(0);
    duration rtt = 100ms;
    int rounds = 0;
    while (c.in_slow_start() && rounds < 20) {
        round_trip(c, instant(1s), rtt, una);
        if (++rounds >= 4) rtt += 20ms;
    }
    EXPECT_GT(rounds, 5) << "five rounds of Conservative Slow Start come first (RFC 9406 4.3)";
    EXPECT_LT(rounds, 15);
}

TEST(congestion, a_flicker_of_the_round_trip_does_not_end_slow_start) {
    congestion c = started(congestion_algorithm::cubic);
    seq una(0);
    for (int round = 0; round < 8; ++round)
        round_trip(c, instant(1s), round == 4 ? 140ms : 100ms, una);
    EXPECT_TRUE(c.in_slow_start());
}

// Computed beside it in floating point: W(t) = C (t - K)^3 + W_max.
// rfc: 9438-4.2
TEST(congestion, cubic_follows_its_curve) {
    congestion c = started(congestion_algorithm::cubic);
    constexpr std::uint32_t w_max = 2'000'000;
    c.set_window(w_max);
    c.on_congestion(w_max, mss);
    EXPECT_EQ(c.slow_start_threshold(), w_max / 10 * 7);
    c.set_window(c.slow_start_threshold());
    double const k = std::cbrt(0.3 * w_max / mss / 0.4);
    seq una(0);
    instant now(10s);
    for (int tenth = 0; tenth < 200; ++tenth, now += 100ms)
        round_trip(c, now, 100ms, una);
    double const t = 20.0;
    double const expected = (0.4 * std::pow(t - k, 3) + double{w_max} / mss) * mss;
    EXPECT_NEAR(c.window(), expected, expected * 0.02);
}

// rfc: 9438-4.7
TEST(congestion, a_window_that_shrinks_makes_room_for_others) {
    congestion c = started(congestion_algorithm::cubic);
    c.set_window(1'000'000);
    c.on_congestion(1'000'000, mss);
    c.set_window(700'000);
    c.on_congestion(700'000, mss);
    c.set_window(490'000);
    seq una(0);
    instant now(10s);
    // Up to the plateau, which fast convergence has put at 0.85 of the last window (RFC 9438 4.7).
    for (int tenth = 0; tenth < 75; ++tenth, now += 100ms)
        round_trip(c, now, 100ms, una);
    EXPECT_NEAR(c.window(), 595'000, 20'000);
}

TEST(congestion, a_timeout_leaves_one_segment_and_halves_once) {
    congestion c = started(congestion_algorithm::newreno);
    c.set_window(40'000);
    c.on_timeout(40'000, 0, mss, false);
    EXPECT_EQ(c.window(), 1000U);
    EXPECT_EQ(c.slow_start_threshold(), 20'000U);
    c.on_timeout(1000, 0, mss, true);
    EXPECT_EQ(c.slow_start_threshold(), 20'000U);
}

}  // namespace tcp_test
