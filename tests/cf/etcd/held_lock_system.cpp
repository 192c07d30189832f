// The lock that is held: what etcd's own history says of it.
#include "own_stack.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

namespace cf::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct held_lock : ::testing::Test {
    held_lock() {
        how.lock = etcd::locking::held;
        a = join_etcd(how, "TCPIPA");
        a->begin_enable(d1, {}).value();
        a->backfill(d1, {}).value();
        if (!in_time([&] { return a->try_complete(d1).value().on; }))
            throw std::runtime_error("the barrier did not open");
        b = join_etcd(how, "TCPIPB");
        b->backfill(d1, {}).value();
    }

    /// What happens to the keys of d1 while `act` runs, a word a revision: lock, change, unlock.
    template <class Act>
    std::vector<std::string> history(Act&& act) {
        auto const from = direct->read({names.dvipa(d1), {}}).value().at + 1;
        act();
        auto const mine = names.lock(d1, "TCPIPB");
        auto stream = direct->watch({"/tcpplex/PLEX1/", "/tcpplex/PLEX10"}, from);
        std::vector<std::string> words;
        while (words.empty() || words.back() != "unlock") {
            auto batch = stream->next();
            if (!batch) break;
            for (auto const& [what, deleted] : batch->events) {
                auto const kind = names.kind_of(what.key);
                std::string const word =
                    what.key == mine ? (deleted ? "unlock" : "lock") : "change";
                bool const counts = what.key == mine || kind == 'f' || kind == 's';
                if (counts && (words.empty() || words.back() != word)) words.push_back(word);
            }
        }
        return words;
    }

    etcd_cluster cluster;
    etcd::settings how = quick_settings(cluster);
    std::unique_ptr<etcd::client> direct =
        etcd::connect({.endpoints = cluster.endpoints()}).value();
    etcd::key_names names{"PLEX1"};
    own_stack a, b;
};

// claims: 18a 17
TEST_F(held_lock, is_taken_before_a_port_is_marked_and_given_up_afterwards) {
    EXPECT_THAT(history([&] { b->allocate(d1, remote, {}, patience::wait).value(); }),
                ElementsAre("lock", "change", "unlock"));
}

// claims: 24
TEST_F(held_lock, is_taken_before_a_port_is_given_back_and_given_up_afterwards) {
    b->claim(d1, 40000, patience::wait).value();
    EXPECT_THAT(history([&] { b->release(d1, 40000, patience::wait).value(); }),
                ElementsAre("lock", "change", "unlock"));
    EXPECT_EQ(read_truth(*direct).in_use, 0U);
}

// claims: X6
TEST_F(held_lock, makes_what_was_obtained_before_it_be_looked_at_again) {
    how.lock = etcd::locking::transaction;  // a stack that writes past the queue
    auto c = join_etcd(how, "TCPIPC");
    c->backfill(d1, {}).value();
    auto lease = direct->grant(std::chrono::seconds(60)).value();
    direct->transact({.writes = {{names.lock(d1, "OTHER"), "", lease}}}).value();
    auto waiting =
        std::async(std::launch::async, [&] { return b->claim(d1, 40000, patience::wait); });
    ASSERT_TRUE(in_time([&] { return direct->read(names.locks(d1))->found.size() == 2; }));
    c->claim(d1, 40000, patience::wait).value();
    direct->revoke(lease).value();
    auto late = waiting.get();
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, error::in_use) << late.error().text;
    EXPECT_EQ(read_truth(*direct).in_use, 1U) << "TCPIPC's";
}

// claims: X4
TEST_F(held_lock, queues_and_ends_with_its_holder) {
    b->claim(d1, 40000, patience::wait).value();
    EXPECT_TRUE(direct->read(names.locks(d1))->found.empty()) << "unlocked";

    auto lease = direct->grant(std::chrono::seconds(60)).value();
    direct->transact({.writes = {{names.lock(d1, "OTHER"), "", lease}}}).value();
    auto refused = b->claim(d1, 40001, patience::wait);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr("locked for more than 1 s by OTHER"));
    direct->revoke(lease).value();
    EXPECT_TRUE(b->claim(d1, 40001, patience::wait)) << "a lock ends with its holder's lease";
    EXPECT_TRUE(a->claim(d1, 40002, patience::wait));
    EXPECT_EQ(read_truth(*direct).in_use, 3U);
}

}  // namespace
}  // namespace cf::test
