// Transactions whose lease ends before their outcome is known.

#include "cf/backend/etcd/committer.hpp"

#include "cf/backend/etcd/values.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <stdexcept>

namespace cf::etcd {
namespace {

using std::chrono::seconds;

/// Answers transactions as it is told, one after the other.
class told_client final : public client {
  public:
    std::deque<call_result<answer>> answers;
    std::vector<transaction> asked;
    std::function<void()> on_transact = [] {};

    call_result<answer> transact(transaction const& what) override {
        asked.push_back(what);
        on_transact();
        if (answers.empty()) throw std::logic_error("one transaction too many");
        auto next = answers.front();
        answers.pop_front();
        return next;
    }
    call_result<answer> read(key_range const&) override { return answer{}; }
    call_result<lease_id> grant(seconds) override { return lease_id{1}; }
    call_result<bool> keep_alive(lease_id) override { return true; }
    call_result<> revoke(lease_id) override { return {}; }
    std::unique_ptr<watch_stream> watch(key_range const&, revision) override { return nullptr; }
    call_counts counts() const override { return {}; }
    std::string names() const override { return "told"; }
};

call_failure const no_answer{call_failure::kind::unknown, "no answer"};
call_failure const no_such_lease{call_failure::kind::not_done, "requested lease not found"};

struct a_committer : ::testing::Test {
    told_client etcd;
    lease_id lease = 1;
    committer it{etcd, key_names("PLEX1"), [this] { return lease; }};
    steady_clock::time_point const deadline = steady_clock::now() + seconds(10);
    transaction const some{.writes = {{"/key", "value"}}};

    void expect_unknown_and_then_forgotten(call_result<answer> const& outcome) {
        ASSERT_FALSE(outcome);
        EXPECT_EQ(outcome.error().what, call_failure::kind::unknown);
        EXPECT_TRUE(it.unsettled());
        auto const asked = etcd.asked.size();
        EXPECT_TRUE(it.settle(deadline).value()) << "it may have been done";
        EXPECT_EQ(etcd.asked.size(), asked) << "nobody is left to ask";
        EXPECT_FALSE(it.unsettled());
    }
};

TEST_F(a_committer, knows_by_the_number_that_a_lost_answer_was_yes) {
    etcd.answers = {
        no_answer,
        answer{.succeeded = false,
               .at = 7,
               .found = {{key_names("PLEX1").sequence(1), encode(std::uint64_t{1}), 5, 5, 1}}}};
    auto const outcome = it.commit(some, deadline);
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(outcome->succeeded);
    EXPECT_FALSE(it.unsettled());
}

TEST_F(a_committer, takes_nothing_for_done_if_the_lease_ends_while_an_answer_is_lost) {
    etcd.answers = {no_answer};
    etcd.on_transact = [&] { lease = 2; };
    expect_unknown_and_then_forgotten(it.commit(some, deadline));
}

TEST_F(a_committer, takes_nothing_for_done_if_the_number_went_with_the_lease) {
    // Refused the second time: another stack was faster, or it is the first one's own doing.
    etcd.answers = {no_answer, answer{.succeeded = false, .at = 9}, no_such_lease};
    etcd.on_transact = [&] {
        if (etcd.asked.size() == 3) lease = 2;
    };
    expect_unknown_and_then_forgotten(it.commit(some, deadline));
}

}  // namespace
}  // namespace cf::etcd
