// Sequence numbers on their circle.
#include "stack/tcp/seq.hpp"

#include <gtest/gtest.h>

namespace stack::tcp {

TEST(seq, order_holds_across_the_wrap) {
    seq const last(0xffffffff);
    EXPECT_TRUE(before(last, last + 1));
    EXPECT_TRUE(after(last + 5, last));
    EXPECT_FALSE(before(last, last));
    EXPECT_TRUE(at_or_before(last, last));
    EXPECT_EQ(distance(last, last + 10), 10U);
    EXPECT_EQ((last + 3) - last, 3);
    EXPECT_EQ(last - (last + 3), -3);
}

TEST(seq, a_window_has_its_first_number_and_not_its_end) {
    seq const first(0xfffffffe);
    EXPECT_TRUE(in_window(first, first, 4));
    EXPECT_TRUE(in_window(first + 3, first, 4));
    EXPECT_FALSE(in_window(first + 4, first, 4));
    EXPECT_FALSE(in_window(first - 1, first, 4));
    EXPECT_FALSE(in_window(first, first, 0));
}

TEST(seq, the_later_of_two_is_found_across_the_wrap) {
    EXPECT_EQ(later(seq(0xfffffff0), seq(5)), seq(5));
    EXPECT_EQ(later(seq(5), seq(0xfffffff0)), seq(5));
}

}  // namespace stack::tcp
