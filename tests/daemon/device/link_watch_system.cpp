// Links that come up, in a namespace of their own.
#include "../host/network_namespace.hpp"
#include "daemon/device/link_watch.hpp"
#include "daemon/host/kernel_network.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace tcpplexd {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class link_watch_test : public testing::Test {
  protected:
    test::network_namespace namespace_;
    test::tun_device early_{"early"};
    kernel_network kernel_ = kernel_network::open().value();
    boost::asio::io_context io_;
    std::vector<std::string> told_;
    std::unique_ptr<link_watch> watch_;

    void SetUp() override {
        ASSERT_TRUE(kernel_.set_up("early"));
        watch_ = link_watch::open(io_, [this](std::string const& name) {
                     told_.push_back(name);
                 }).value();
        read_all();
    }
    /// What the kernel has said so far: it writes before the call that makes it returns.
    void read_all() {
        io_.restart();
        while (io_.poll() != 0) {
        }
    }
};

TEST_F(link_watch_test, what_is_up_at_the_beginning_has_not_come_up) {
    EXPECT_THAT(told_, IsEmpty());
}

TEST_F(link_watch_test, a_link_that_was_down_comes_up_once) {
    test::set_down("early");
    read_all();
    EXPECT_THAT(told_, IsEmpty());
    ASSERT_TRUE(kernel_.set_up("early"));
    ASSERT_TRUE(kernel_.set_up("early"));
    read_all();
    EXPECT_THAT(told_, ElementsAre("early"));
}

TEST_F(link_watch_test, a_new_link_is_told_when_it_is_up) {
    std::optional<test::tun_device> late("late");
    read_all();
    EXPECT_THAT(told_, IsEmpty());
    ASSERT_TRUE(kernel_.set_up("late"));
    read_all();
    EXPECT_THAT(told_, ElementsAre("late"));
    late.reset();
    read_all();
    late.emplace("late");
    ASSERT_TRUE(kernel_.set_up("late"));
    read_all();
    EXPECT_THAT(told_, ElementsAre("late", "late"));
}

}  // namespace
}  // namespace tcpplexd
