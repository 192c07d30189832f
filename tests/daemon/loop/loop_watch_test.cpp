#include "daemon/loop/loop_watch.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

using namespace std::chrono_literals;

/// Two loops, each of which runs when the test has it run.
class watching : public testing::Test {
  protected:
    static void run(boost::asio::io_context& loop) {
        loop.restart();
        loop.poll();
    }
    boost::asio::io_context first{1};
    boost::asio::io_context second{1};
    loop_watch it{{&first, &second}};
};

TEST_F(watching, loops_that_run_owe_nothing) {
    for (int i = 0; i < 100; ++i) {
        run(first);
        run(second);
        EXPECT_FALSE(it.look(5s, 10s));
    }
}

TEST_F(watching, names_the_loop_that_has_not_run_for_as_long_as_patience_lasts) {
    for (int i = 0; i < 3; ++i) {
        run(first);
        EXPECT_FALSE(it.look(3s, 10s)) << i;
    }
    run(first);
    EXPECT_EQ(it.look(3s, 10s), 1U);
    run(first);
    run(second);
    EXPECT_FALSE(it.look(3s, 10s)) << "it runs again";
    run(first);
    EXPECT_FALSE(it.look(9s, 10s)) << "and owes anew";
}

TEST_F(watching, one_that_has_run_in_between_begins_anew) {
    EXPECT_FALSE(it.look(9s, 10s));
    run(first);
    run(second);
    EXPECT_FALSE(it.look(9s, 10s));
    EXPECT_FALSE(it.look(9s, 10s));
    EXPECT_EQ(it.look(9s, 10s), 0U);
}

}  // namespace
}  // namespace tcpplexd
