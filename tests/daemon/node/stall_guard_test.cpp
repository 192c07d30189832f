#include "daemon/node/stall_guard.hpp"

#include <gtest/gtest.h>

#include <future>
#include <string>
#include <utility>

namespace tcpplexd {
namespace {

using namespace std::chrono_literals;

/// A guard with little patience, and what it did. `loop` stands still: nobody runs it.
class stalled : public testing::Test {
  protected:
    stall_guard::reactions reactions() {
        return {.tell =
                    [this](std::string const& text) {
                        if (!std::exchange(has_told_, true)) told_.set_value(text);
                    },
                .end =
                    [this] {
                        if (!std::exchange(has_ended_, true)) ended_.set_value();
                    }};
    }
    boost::asio::io_context loop{1};
    std::promise<std::string> told_;
    std::future<std::string> message = told_.get_future();
    std::promise<void> ended_;
    bool has_told_ = false;  // on the guard's thread, as the next
    bool has_ended_ = false;
};

constexpr auto deadline = 60s;

TEST_F(stalled, a_loop_is_noticed_and_with_recovery_the_process_ends) {
    auto end = ended_.get_future();
    stall_guard const guard("TCPIP1", {&loop}, {.patience = 20ms, .recovery = true}, reactions());
    ASSERT_EQ(message.wait_for(deadline), std::future_status::ready);
    auto const text = message.get();
    EXPECT_TRUE(text.starts_with("EZZ9674E TCPIP1 SYSPLEX PROCESSING WAS NOT RESPONSIVE")) << text;
    EXPECT_EQ(end.wait_for(deadline), std::future_status::ready);
}

TEST_F(stalled, a_loop_is_only_told_of_without_recovery) {
    {
        stall_guard const guard("TCPIP1", {&loop}, {.patience = 20ms}, reactions());
        ASSERT_EQ(message.wait_for(deadline), std::future_status::ready);
    }
    EXPECT_FALSE(has_ended_);
}

TEST_F(stalled, other_rules_hold_from_then_on) {
    auto end = ended_.get_future();
    stall_guard guard("TCPIP1", {&loop}, {.patience = 20ms}, reactions());
    ASSERT_EQ(message.wait_for(deadline), std::future_status::ready);
    guard.configure({.patience = 20ms, .recovery = true});
    EXPECT_EQ(end.wait_for(deadline), std::future_status::ready);
}

}  // namespace
}  // namespace tcpplexd
