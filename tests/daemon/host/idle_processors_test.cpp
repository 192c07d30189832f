#include "daemon/host/idle_processors.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

TEST(idle_processors, are_those_less_the_load) {
    EXPECT_EQ(idle_hundredths(4, "0.50 3.00 3.00 1/200 12345"), 350U);
    EXPECT_EQ(idle_hundredths(4, "0.00 0.00 0.00 1/200 12345"), 400U);
}

TEST(idle_processors, are_never_none) {
    EXPECT_EQ(idle_hundredths(2, "17.20 3.00 3.00 1/200 12345"), 1U);
}

TEST(idle_processors, are_all_where_the_load_is_unreadable) {
    EXPECT_EQ(idle_hundredths(2, ""), 200U);
    EXPECT_EQ(idle_hundredths(2, "nan"), 200U);
}

TEST(idle_processors, of_this_system_are_measured) {
    EXPECT_GE(idle_hundredths(), 1U);
}

}  // namespace
}  // namespace tcpplexd
