// A stack's own lease, by a clock that the test turns.
#include "cf/group/lease.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cf::test {
namespace {

using namespace std::chrono_literals;
using time_point = boot_clock::time_point;

struct own_lease : ::testing::Test {
    time_point const t0{1000s};
    lease proof{10s};
};

TEST_F(own_lease, is_active_before_the_first_renewal) {
    EXPECT_EQ(proof.state(t0), lease_state::active);
}

TEST_F(own_lease, ends_eight_tenths_of_its_life_after_a_renewal_was_sent) {
    proof.renewed(t0);
    EXPECT_EQ(proof.last_renewal(), t0);
    EXPECT_EQ(proof.end(), t0 + 8s);
    EXPECT_EQ(proof.deadline(), (1008s / 1ns));
    EXPECT_EQ(proof.state(t0 + 4999ms), lease_state::active);
    EXPECT_EQ(proof.state(t0 + 8s - 1ns), lease_state::suspended);
    EXPECT_EQ(proof.state(t0 + 8s), lease_state::fenced);
    EXPECT_EQ(proof.state(t0 + 3600s), lease_state::fenced);
}

TEST_F(own_lease, is_suspended_while_a_renewal_has_no_answer) {
    proof.renewed(t0);
    proof.missed();
    EXPECT_EQ(proof.state(t0 + 2s), lease_state::suspended);
    proof.renewed(t0 + 2s);
    EXPECT_EQ(proof.state(t0 + 2s), lease_state::active);
    EXPECT_EQ(proof.end(), t0 + 10s);
}

TEST_F(own_lease, is_suspended_half_a_life_after_its_renewal_whatever_the_renewer_knows) {
    proof.renewed(t0);
    EXPECT_EQ(proof.state(t0 + 5s - 1ns), lease_state::active);
    EXPECT_EQ(proof.state(t0 + 5s), lease_state::suspended);
}

TEST_F(own_lease, that_is_renewed_late_is_active_again) {
    proof.renewed(t0);
    EXPECT_EQ(proof.state(t0 + 9s), lease_state::fenced);
    proof.renewed(t0 + 9s);
    EXPECT_EQ(proof.state(t0 + 9s), lease_state::active);
}

TEST_F(own_lease, that_is_lost_stays_lost) {
    proof.renewed(t0);
    proof.lose();
    EXPECT_EQ(proof.state(t0), lease_state::lost);
    EXPECT_EQ(proof.deadline(), time_point::min().time_since_epoch().count());
    proof.renewed(t0 + 1s);
    EXPECT_EQ(proof.state(t0 + 1s), lease_state::lost);
    EXPECT_TRUE(proof.is_lost());
}

TEST_F(own_lease, tells_of_each_renewal_and_of_the_one_before_the_listener_came) {
    std::vector<time_point> told;
    auto listener = [&](time_point end) { told.push_back(end); };
    lease other(10s);
    other.on_renewal(listener);
    EXPECT_TRUE(told.empty());
    proof.renewed(t0);
    proof.on_renewal(listener);
    proof.renewed(t0 + 1s);
    proof.lose();
    proof.renewed(t0 + 2s);
    EXPECT_EQ(told, (std::vector{t0 + 8s, t0 + 9s}));
}

}  // namespace
}  // namespace cf::test
