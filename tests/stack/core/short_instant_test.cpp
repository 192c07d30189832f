// Instants of 32 bits, and what becomes of them when the count begins again.
#include "stack/core/short_instant.hpp"

#include <gtest/gtest.h>

namespace stack {

namespace {
using namespace std::chrono_literals;
using milliseconds = short_instant<std::chrono::milliseconds>;
constexpr duration turn = std::chrono::milliseconds(std::int64_t{1} << 32);
}  // namespace

TEST(short_instant, counts_whole_ticks) {
    EXPECT_EQ(milliseconds(instant(5ms)).age(instant(5ms)), 0ms);
    EXPECT_EQ(milliseconds(instant(5ms)).age(instant(7ms)), 2ms);
    EXPECT_EQ(milliseconds(instant(5'900us)).age(instant(7'100us)), 2ms);
    EXPECT_EQ(sizeof(milliseconds), 4U);
}

TEST(short_instant, an_age_is_right_when_the_count_has_begun_again_meanwhile) {
    instant const when(turn - 10ms);
    EXPECT_EQ(milliseconds(when).age(instant(turn + 10ms)), 20ms);
    EXPECT_EQ(milliseconds(when).age(when + turn - 1ms), turn - 1ms);
    EXPECT_EQ(milliseconds(when + 3 * turn).age(instant(4 * turn + 10ms)), 20ms);
}

TEST(short_instant, what_is_older_than_a_turn_seems_more_recent) {
    EXPECT_EQ(milliseconds(instant(1h)).age(instant(1h + turn + 5ms)), 5ms);
}

}  // namespace stack
