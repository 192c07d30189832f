// Which range of EXPLICITBINDPORTRANGE counts.
#include "daemon/sysplex/explicit_bind_range.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

TEST(explicit_bind_range, the_one_specified_last_counts_wherever_that_was) {
    latest_bind_range one, other;
    EXPECT_FALSE(one.get());
    one.specify(30000, 30127, 100);
    other.hear(one.get());
    EXPECT_EQ(other.get(), one.get());
    other.specify(31000, 31127, 200);
    one.hear(other.get());
    EXPECT_EQ(one.get()->first, 31000);
    other.hear(std::nullopt);
    EXPECT_EQ(other.get()->first, 31000);
}

TEST(explicit_bind_range, a_clock_that_is_behind_does_not_make_it_an_earlier_one) {
    latest_bind_range one, other;
    one.specify(30000, 30127, 1000);
    other.hear(one.get());
    other.specify(31000, 31127, 10);
    one.hear(other.get());
    EXPECT_EQ(one.get()->first, 31000);
    one.hear(explicit_bind_range{1000, 30000, 30127});
    EXPECT_EQ(one.get()->first, 31000);
}

TEST(explicit_bind_range, of_two_at_the_same_time_all_take_the_same) {
    latest_bind_range one, other;
    one.specify(30000, 30127, 100);
    other.specify(31000, 31127, 100);
    auto const before = one.get();
    one.hear(other.get());
    other.hear(before);
    EXPECT_EQ(one.get(), other.get());
}

}  // namespace
}  // namespace tcpplexd
