// An answer of etcd is lost: the update was done or not, and no request ever gets two ports.
#include "own_stack.hpp"
#include "relay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cf::test {
namespace {

struct lost_answers : ::testing::Test {
    etcd_cluster cluster;
    relay between{cluster.port_of(0)};
    std::unique_ptr<etcd::client> direct =
        etcd::connect({.endpoints = cluster.endpoints()}).value();
    port_words range = only(40000, 40063);

    etcd::settings through_relay() {
        auto how = quick_settings(cluster);
        how.where.endpoints = {between.endpoint()};
        how.lease = std::chrono::seconds(10);
        return how;
    }
};

TEST_F(lost_answers, are_found_out_by_asking_again) {
    auto a = join_etcd(through_relay(), "TCPIPA");
    share(d1, *a);
    a->allocate(d1, remote, range, patience::wait).value();
    for (unsigned round = 1; round <= 10; ++round) {
        // A renewal whose answer was lost suspends the stack for a moment.
        ASSERT_TRUE(in_time([&] { return a->state() == lease_state::active; }));
        between.lose_answers();
        // In the time of the update's own retries the connection comes back.
        std::thread mender([&, before = between.lost_bytes()] {
            in_time([&] {
                return between.lost_bytes() > before && read_truth(*direct).in_use > round;
            });
            between.mend();
        });
        auto port = a->allocate(d1, remote, range, patience::wait);
        mender.join();
        ASSERT_TRUE(port) << port.error().text;
        EXPECT_EQ(read_truth(*direct).in_use, round + 1) << "one port a request";
        EXPECT_TRUE(
            in_time([&] { return a->who_holds(d1, *port).what == port_holder::kind::one; }));
    }
    EXPECT_TRUE(read_truth(*direct).whole);
}

// claims: X7
TEST_F(lost_answers, that_stay_lost_leave_no_port_behind) {
    auto a = join_etcd(through_relay(), "TCPIPA");
    share(d1, *a);
    auto first = a->allocate(d1, remote, range, patience::wait).value();
    between.lose_answers();
    auto refused = a->allocate(d1, remote, range, patience::wait);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::unavailable);
    EXPECT_EQ(read_truth(*direct).in_use, 2U) << "it was done, and nobody knows";
    between.mend();
    ASSERT_TRUE(in_time([&] { return a->state() == lease_state::active; }));
    auto second = a->allocate(d1, remote, range, patience::wait);
    ASSERT_TRUE(second) << second.error().text;
    EXPECT_NE(*second, first);
    EXPECT_EQ(read_truth(*direct).in_use, 2U) << "the lost one has been given back";
    EXPECT_TRUE(read_truth(*direct).whole);
}

// claims: X8
TEST_F(lost_answers, of_a_release_that_is_repeated_free_nobody_elses_port) {
    auto a = join_etcd(through_relay(), "TCPIPA");
    auto b = join_etcd(quick_settings(cluster), "TCPIPB");
    a->begin_enable(d1, {}).value();
    a->backfill(d1, {}).value();
    b->backfill(d1, {}).value();
    ASSERT_TRUE(in_time([&] { return a->try_complete(d1).value().on; }));
    a->claim(d1, 40000, patience::wait).value();
    between.lose_answers();
    EXPECT_FALSE(a->release(d1, 40000, patience::wait));
    ASSERT_TRUE(in_time([&] { return b->claim(d1, 40000, patience::wait).has_value(); }));
    between.mend();
    EXPECT_TRUE(a->release(d1, 40000, patience::wait));
    EXPECT_EQ(read_truth(*direct).in_use, 1U);
    EXPECT_EQ(b->who_holds(d1, 40000).slot, b->self().slot);
}

// controls: X7
TEST_F(lost_answers, of_a_request_that_never_arrived_move_its_number_on) {
    auto a = join_etcd(through_relay(), "TCPIPA");
    share(d1, *a);
    a->claim(d1, 50000, patience::wait).value();
    auto number = [&] {
        return direct->read({"/tcpplex/PLEX1/w/", "/tcpplex/PLEX1/w0"})->found.at(0);
    };
    auto before = number();
    between.swallow();
    EXPECT_FALSE(a->claim(d1, 40000, patience::wait)) << "its request is somewhere in the network";
    ASSERT_EQ(number().modified, before.modified);
    between.mend();
    ASSERT_TRUE(in_time([&] { return a->claim(d1, 40001, patience::wait).has_value(); }));
    EXPECT_EQ(read_truth(*direct).in_use, 2U);
    // What the lost one compares, among others: it can never be done now.
    etcd::transaction late{.compares = {{.key = before.key, .at = before.modified}},
                           .writes = {{"/tcpplex/PLEX1/late", ""}}};
    EXPECT_FALSE(direct->transact(late)->succeeded);
}

}  // namespace
}  // namespace cf::test
