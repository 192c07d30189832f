// When a loop looks for packets again instead of sleeping.
#include "daemon/loop/busy_poll.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace tcpplexd {
namespace {

using std::chrono::microseconds;

struct polling : testing::Test {
    /// Packets come now; whether the loop would still be looking when the next ones do, after
    /// `gap`.
    bool looks_for(stack::duration gap) {
        poll.came(now);
        stack::instant const next = now + gap;
        while (now < next) {
            if (!poll.goes_on(now)) {
                now = next;
                return false;
            }
            now += std::min<stack::duration>(microseconds(1), next - now);
        }
        return true;
    }

    busy_poll poll;
    stack::instant now{std::chrono::hours(1)};
};

TEST_F(polling, looks_on_while_packets_follow_each_other_closely) {
    for (int i = 0; i < 1000; ++i)
        EXPECT_TRUE(looks_for(microseconds(20)));
}

TEST_F(polling, sleeps_once_nothing_has_come_for_long_enough) {
    poll.came(now);
    EXPECT_TRUE(poll.goes_on(now));
    EXPECT_TRUE(poll.goes_on(now + busy_poll::length - microseconds(1)));
    EXPECT_FALSE(poll.goes_on(now + busy_poll::length));
}

TEST_F(polling, costs_next_to_nothing_where_packets_are_far_apart) {
    int in_vain = 0;
    for (int i = 0; i < 10'000; ++i) {
        auto const before = now;
        poll.came(now);
        while (poll.goes_on(now))
            now += microseconds(1);
        in_vain += now != before ? 1 : 0;
        now = before + std::chrono::milliseconds(1);
    }
    // 1 + 2 + 4 ... + 1024 are left out in between, then 1024 each time.
    EXPECT_GE(in_vain, 10);
    EXPECT_LE(in_vain, 20);
}

TEST_F(polling, comes_back_where_packets_are_close_again) {
    for (int i = 0; i < 10'000; ++i)
        looks_for(std::chrono::milliseconds(1));
    std::uint32_t asleep = 0;
    while (!looks_for(microseconds(20)))
        ++asleep;
    EXPECT_LE(asleep, busy_poll::most_left_out);
    EXPECT_TRUE(looks_for(microseconds(20)));
    // The first time in vain after that costs one left out, not a thousand.
    EXPECT_FALSE(looks_for(std::chrono::milliseconds(1)));
    EXPECT_FALSE(looks_for(microseconds(20)));
    EXPECT_TRUE(looks_for(microseconds(20)));
}

}  // namespace
}  // namespace tcpplexd
