// The lock that is held: what etcd's own history says of it.
#include "own_stack.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <future>

namespace cf::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr destination elsewhere{dvipa::v4(0xc0000202).bytes, 7000};

struct held_lock : ::testing::Test {
    held_lock() {
        how.lock = etcd::locking::held;
        a = join_etcd(how, "TCPIPA");
        enable(d1, {});
        enable(d2, {.form = structure_form::hashtable});
        b = join("TCPIPB");
    }

    void enable(dvipa const& of, sharing_request const& what) {
        a->begin_enable(of, what).value();
        a->backfill(of, {}).value();
        if (!in_time([&] { return a->try_complete(of).value().on; }))
            throw std::runtime_error("the barrier did not open");
    }
    own_stack join(std::string const& name) {
        auto joined = join_etcd(how, name);
        joined->backfill(d1, {}).value();
        joined->backfill(d2, {}).value();
        return joined;
    }

    /// What happens to the keys of a DVIPA while `act` runs, a word a revision: who locks and
    /// unlocks, and changes of its structures.
    template <class Act>
    std::vector<std::string> history(dvipa const& of, Act&& act) {
        auto const from = direct->read({names.dvipa(of), {}}).value().at + 1;
        act();
        std::string const end = "/tcpplex/PLEX1/k";
        direct->transact({.writes = {{end, ""}}}).value();
        auto stream = direct->watch({"/tcpplex/PLEX1/", "/tcpplex/PLEX10"}, from);
        std::vector<std::string> words;
        while (auto batch = stream->next())
            for (auto const& [what, deleted] : batch->events) {
                if (what.key == end) return words;
                auto const kind = names.kind_of(what.key);
                if (kind != 'f' && kind != 's' && kind != 'h' && kind != 'l') continue;
                if (names.name_in(what.key).find(of.to_string()) != 0) continue;
                std::string const word = kind != 'l' ? "change" : deleted ? "unlock" : "lock";
                if (words.empty() || words.back() != word) words.push_back(word);
            }
        return words;
    }
    /// Somebody has the lock until the lease is revoked.
    etcd::lease_id lock_by_another(dvipa const& of) {
        auto lease = direct->grant(std::chrono::seconds(60)).value();
        direct->transact({.writes = {{names.lock(of, "OTHER"), "", lease}}}).value();
        return lease;
    }
    /// `ask` begins while another has the lock, `meanwhile` is done past the queue, `ask` goes on.
    template <class Ask>
    auto overtaken(dvipa const& of, Ask&& ask, std::function<void(own_stack&)> const& meanwhile) {
        how.lock = etcd::locking::transaction;
        auto c = join("TCPIPC");
        auto lease = lock_by_another(of);
        auto waiting = std::async(std::launch::async, ask);
        if (!in_time([&] { return direct->read(names.locks(of))->found.size() == 2; }))
            throw std::runtime_error("nobody waits for the lock");
        meanwhile(c);
        direct->revoke(lease).value();
        return waiting.get();
    }
    void end_connection(own_stack& of, std::uint16_t port) {
        std::vector<connection_note> const note{{.entry = {port, remote}, .ended = true}};
        of->note(d2, note, patience::wait).value();
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
    EXPECT_THAT(history(d1, [&] { b->allocate(d1, remote, {}, patience::wait).value(); }),
                ElementsAre("lock", "change", "unlock"));
}

// claims: 24
TEST_F(held_lock, is_taken_before_a_port_is_given_back_and_given_up_afterwards) {
    b->claim(d1, 40000, patience::wait).value();
    EXPECT_THAT(history(d1, [&] { b->release(d1, 40000, patience::wait).value(); }),
                ElementsAre("lock", "change", "unlock"));
    EXPECT_EQ(read_truth(*direct).in_use, 0U);
}

// claims: 30 29
TEST_F(held_lock, is_taken_before_a_connection_is_entered_and_given_up_afterwards) {
    auto const one_port = only(40000, 40000);
    auto connect = [&] { return b->allocate(d2, remote, one_port, patience::wait); };
    EXPECT_THAT(history(d2, [&] { connect().value(); }), ElementsAre("lock", "change", "unlock"));
    EXPECT_THAT(history(d2, [&] { EXPECT_FALSE(connect()); }), ElementsAre("lock", "unlock"))
        << "looked up, found and not made again";
}

// claims: 32 31
TEST_F(held_lock, is_taken_before_a_connection_is_removed_and_given_up_afterwards) {
    auto port = b->allocate(d2, remote, {}, patience::wait).value();
    EXPECT_THAT(history(d2, [&] { end_connection(b, port); }),
                ElementsAre("lock", "change", "unlock"));
    EXPECT_TRUE(direct->read(names.entries(d2))->found.empty());
}

// controls: 17 18a 24 30 32 X6
TEST_F(held_lock, is_not_there_where_transactions_are_enough) {
    how.lock = etcd::locking::transaction;
    auto c = join("TCPIPC");
    EXPECT_THAT(history(d1,
                        [&] {
                            c->claim(d1, 40000, patience::wait).value();
                            c->release(d1, 40000, patience::wait).value();
                        }),
                ElementsAre("change"));
    EXPECT_THAT(history(d2,
                        [&] {
                            auto port = c->allocate(d2, remote, {}, patience::wait).value();
                            end_connection(c, port);
                        }),
                ElementsAre("change"));
}

// claims: X6
TEST_F(held_lock, makes_what_was_obtained_before_it_be_looked_at_again) {
    auto late = overtaken(
        d1, [&] { return b->claim(d1, 40000, patience::wait); },
        [](own_stack& c) { c->claim(d1, 40000, patience::wait).value(); });
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, error::in_use) << late.error().text;
}

// claims: X6 30
TEST_F(held_lock, makes_a_connection_made_meanwhile_be_seen) {
    auto const one_port = only(40000, 40000);
    auto late = overtaken(
        d2, [&] { return b->allocate(d2, remote, one_port, patience::wait); },
        [&](own_stack& c) { c->allocate(d2, remote, one_port, patience::wait).value(); });
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, error::exhausted) << late.error().text;
    EXPECT_TRUE(b->allocate(d2, elsewhere, one_port, patience::wait)) << "another destination";
}

// claims: X4
// controls: X4
TEST_F(held_lock, queues_and_ends_with_its_holder) {
    b->claim(d1, 40000, patience::wait).value();
    EXPECT_TRUE(direct->read(names.locks(d1))->found.empty()) << "unlocked";

    auto lease = lock_by_another(d1);
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
