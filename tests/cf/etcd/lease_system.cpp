// The proof of life: what ends it, what brings it back, and what a stack may do that has been
// declared dead.
#include "own_stack.hpp"
#include "relay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cf::test {
namespace {

struct leases : ::testing::Test {
    etcd_cluster cluster;
    etcd::settings how = quick_settings(cluster);
    std::unique_ptr<etcd::client> direct =
        etcd::connect({.endpoints = cluster.endpoints()}).value();

    void share_both(own_stack& a, own_stack& b) {
        a->begin_enable(d1, {}).value();
        a->backfill(d1, {}).value();
        b->backfill(d1, {}).value();
        ASSERT_TRUE(in_time([&] { return a->try_complete(d1).value().on; }));
    }
};

TEST_F(leases, of_a_dead_stack_end_and_its_ports_are_free_after_the_time_of_grace) {
    how.grace = std::chrono::milliseconds(1000);
    auto a = join_etcd(how, "TCPIPA");
    auto b = join_etcd(how, "TCPIPB");
    share_both(a, b);
    b->claim(d1, 40000, patience::wait).value();
    auto who = b->self();
    a->check();
    auto died = std::chrono::steady_clock::now();
    b.die();
    EXPECT_EQ(a->recover(who).error().code, error::unavailable) << "its lease lives on";
    ASSERT_TRUE(in_time([&] {
        for (auto const& one : a->check())
            if (one.what == group_event::kind::failed) return true;
        return false;
    }));
    // etcd's lease of 2 s, renewed at most 0.5 s before the death, and the time of grace.
    EXPECT_GE(std::chrono::steady_clock::now() - died, std::chrono::milliseconds(2400));
    a->recover(who).value();
    EXPECT_EQ(read_truth(*direct).in_use, 0U);
    EXPECT_EQ(a->members().size(), 1U);
}

TEST_F(leases, that_etcd_ends_early_are_taken_again) {
    how.grace = std::chrono::milliseconds(10000);
    auto a = join_etcd(how, "TCPIPA");
    auto b = join_etcd(how, "TCPIPB");
    share_both(a, b);
    b->claim(d1, 40000, patience::wait).value();
    auto life = [&] { return direct->read({"/tcpplex/PLEX1/m/TCPIPB", {}}).value().found; };
    auto lease = life().at(0).lease;
    direct->revoke(lease).value();
    ASSERT_TRUE(in_time([&] { return !life().empty(); }));
    EXPECT_NE(life().at(0).lease, lease);
    for (auto const& one : a->check())
        EXPECT_EQ(one.what, group_event::kind::joined);
    b->claim(d1, 40001, patience::wait).value();
    EXPECT_EQ(read_truth(*direct).in_use, 2U);
}

TEST_F(leases, a_stack_that_was_cut_off_and_recovered_changes_nothing_any_more) {
    relay between(cluster.port_of(0));
    auto cut = how;
    cut.where.endpoints = {between.endpoint()};
    auto a = join_etcd(how, "TCPIPA");
    auto zombie = join_etcd(cut, "TCPIPB");
    share_both(a, zombie);
    zombie->claim(d1, 40000, patience::wait).value();
    auto who = zombie->self();
    between.swallow();
    ASSERT_TRUE(in_time([&] { return a->recover(who).has_value(); }));
    EXPECT_EQ(read_truth(*direct).in_use, 0U);
    a->claim(d1, 40000, patience::wait).value();
    between.mend();
    // At first etcd refuses for the lease that is gone.
    EXPECT_TRUE(in_time([&] {
        auto refused = zombie->claim(d1, 40001, patience::wait);
        EXPECT_FALSE(refused);
        return refused || refused.error().text.find("declared dead") != std::string::npos;
    }));
    EXPECT_EQ(zombie->state(), lease_state::lost);
    EXPECT_FALSE(zombie->release(d1, 40000, patience::wait));
    EXPECT_EQ(read_truth(*direct).in_use, 1U);
    EXPECT_EQ(a->who_holds(d1, 40000).slot, a->self().slot);
}

TEST_F(leases, that_are_not_renewed_refuse_what_is_new_at_once_and_keep_what_is_given_back) {
    how.lease = std::chrono::seconds(10);
    relay between(cluster.port_of(0));
    how.where.endpoints = {between.endpoint()};
    auto a = join_etcd(how, "TCPIPA");
    share(d1, *a);
    a->claim(d1, 40000, patience::wait).value();
    EXPECT_EQ(a->state(), lease_state::active);
    between.swallow();
    ASSERT_TRUE(in_time([&] { return a->state() == lease_state::suspended; }));
    // By the lease alone: who asked etcd would hear of an endpoint that does not answer.
    auto const by_the_lease = ::testing::HasSubstr("no port is given out until it does");
    for (auto patient : {patience::try_once, patience::wait}) {
        EXPECT_THAT(a->claim(d1, 40001, patient).error().text, by_the_lease);
        EXPECT_THAT(a->allocate(d1, remote, {}, patient).error().text, by_the_lease);
        EXPECT_THAT(a->serve(d1, 8000, patient).error().text, by_the_lease);
    }
    EXPECT_EQ(a->release(d1, 40000, patience::wait).error().code, error::unavailable);
    between.mend();
    ASSERT_TRUE(in_time([&] { return a->state() == lease_state::active; }));
    a->flush(d1, patience::wait).value();
    EXPECT_EQ(read_truth(*direct).in_use, 0U);
}

TEST_F(leases, that_run_out_fence_a_stack_which_starts_over_when_nobody_has_its_ports) {
    how.grace = std::chrono::seconds(60);
    relay between(cluster.port_of(0));
    how.where.endpoints = {between.endpoint()};
    auto a = join_etcd(how, "TCPIPA");
    share(d1, *a);
    a->claim(d1, 40000, patience::wait).value();
    between.swallow();
    ASSERT_TRUE(in_time([&] { return a->state() == lease_state::fenced; }));
    between.mend();
    ASSERT_TRUE(in_time([&] { return a->state() == lease_state::active; }));
    a->start_over().value();
    EXPECT_EQ(read_truth(*direct).in_use, 0U);
    EXPECT_EQ(a->claim(d1, 40001, patience::wait).error().code, error::enabling);
    a->backfill(d1, {}).value();
    a->claim(d1, 40001, patience::wait).value();
}

TEST_F(leases, two_survivors_that_recover_at_once_do_it_once) {
    auto a = join_etcd(how, "TCPIPA");
    auto b = join_etcd(how, "TCPIPB");
    share_both(a, b);
    auto c = join_etcd(how, "TCPIPC");
    port_words many{};
    for (std::uint16_t port = 40000; port < 50000; ++port)
        insert(many, port);
    b->backfill(d1, {.bound = many}).value();
    c->backfill(d1, {.bound = many}).value();
    EXPECT_EQ(read_truth(*direct).in_use, 10000U);
    auto dead = c->self();
    c.die();
    auto recover = [&](own_stack& by) {
        EXPECT_TRUE(in_time([&] { return by->recover(dead).has_value(); }));
    };
    std::thread other([&] { recover(b); });
    recover(a);
    other.join();
    EXPECT_EQ(read_truth(*direct).in_use, 10000U) << "TCPIPB's";
    EXPECT_TRUE(read_truth(*direct).whole);
    b->release(d1, 40000, patience::wait).value();
    EXPECT_EQ(read_truth(*direct).in_use, 9999U) << "only one holder was left";
}

}  // namespace
}  // namespace cf::test
