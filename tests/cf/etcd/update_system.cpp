// One update on etcd: how many transactions it takes, what it does with large changes, damage and
// other stacks.
#include "own_stack.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace cf::test {
namespace {

using ::testing::HasSubstr;

struct updates : ::testing::Test {
    etcd_cluster cluster;
    etcd::settings how = quick_settings(cluster);
    own_stack a = join_etcd(how, "TCPIPA");
    std::unique_ptr<etcd::client> direct =
        etcd::connect({.endpoints = cluster.endpoints()}).value();
    port_words range = only(40000, 49999);

    updates() { share(d1, *a); }

    /// Transactions and reads that `work` costs.
    template <class Work>
    std::pair<std::uint64_t, std::uint64_t> cost(Work&& work) {
        auto before = a.backend->connection().counts();
        work();
        auto after = a.backend->connection().counts();
        return {after.transactions - before.transactions, after.reads - before.reads};
    }
    static port_words ports(unsigned first, unsigned last, unsigned step = 1) {
        port_words set{};
        for (unsigned port = first; port <= last; port += step)
            insert(set, static_cast<std::uint16_t>(port));
        return set;
    }
};

using counts = std::pair<std::uint64_t, std::uint64_t>;

TEST_F(updates, cost_one_transaction_each) {
    std::uint16_t port = 0;
    auto allocate = [&] { port = a->allocate(d1, remote, range, patience::wait).value(); };
    auto release = [&] { a->release(d1, port, patience::wait).value(); };
    (void)cost(allocate);  // the first may have to read what the stack holds already
    EXPECT_EQ(cost(release), counts(1, 0));
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(cost(allocate), counts(1, 0));
        EXPECT_EQ(cost(release), counts(1, 0));
    }
    EXPECT_EQ(cost([&] { EXPECT_EQ(a->settings(d1)->state, sharing_state::on); }), counts(0, 0));
    EXPECT_EQ(a->allocate(d1, remote, range, patience::try_once).error().code, error::busy);
}

TEST_F(updates, of_eight_stacks_at_once_never_give_a_port_twice) {
    std::vector<own_stack> all;
    for (int i = 0; i < 8; ++i) {
        all.push_back(join_etcd(how, "S" + std::to_string(i)));
        all.back()->backfill(d1, {}).value();
    }
    auto narrow = only(40000, 40511);
    std::vector<std::vector<std::uint16_t>> got(all.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < all.size(); ++i)
        threads.emplace_back([&, i] {
            for (int n = 0; n < 50; ++n)
                if (auto port = all[i]->allocate(d1, remote, narrow, patience::wait))
                    got[i].push_back(*port);
        });
    for (auto& one : threads)
        one.join();
    std::set<std::uint16_t> distinct;
    std::size_t count = 0;
    for (auto const& some : got) {
        count += some.size();
        distinct.insert(some.begin(), some.end());
    }
    EXPECT_GE(count, 200U);
    EXPECT_EQ(distinct.size(), count);
    auto told = read_truth(*direct);
    EXPECT_EQ(told.in_use, count);
    EXPECT_TRUE(told.whole);
}

TEST_F(updates, larger_than_a_transaction_are_whole_in_the_end) {
    a->backfill(d1, {.bound = ports(1024, 65535, 3), .services = ports(8000, 8100)}).value();
    auto told = read_truth(*direct);
    EXPECT_TRUE(told.whole);
    EXPECT_EQ(a->usage(d1, {})->in_use, told.in_use);
    std::vector<std::uint16_t> all;
    for (unsigned port = 1024; port <= 65535; port += 3)
        all.push_back(static_cast<std::uint16_t>(port));
    a->release(d1, all, patience::wait).value();
    told = read_truth(*direct);
    EXPECT_TRUE(told.whole);
    EXPECT_EQ(told.in_use, 101U) << "the service ports";
}

// claims: X2 X3
// controls: X2 X3
TEST_F(updates, that_died_in_the_middle_are_repaired_by_the_next) {
    auto b = join_etcd(how, "TCPIPB");
    b->backfill(d1, {.bound = ports(40000, 40100)}).value();
    // What a stack leaves that dies between two transactions of a large update: its mark, and a
    // second structure without its first.
    etcd::key_names names("PLEX1");
    auto known = direct->read({names.dvipa(d1), {}}).value().found.at(0);
    etcd::dvipa_record record;
    ASSERT_TRUE(etcd::decode(known.value, record));
    record.revising = etcd::incarnation_in_slot{b->self().slot, b->self().incarnation};
    auto half = etcd::encode(etcd::second_word{.held = 5});
    direct
        ->transact({.writes = {{known.key, etcd::encode(record)},
                               {names.second(d1, b->self().slot, 700), half}}})
        .value();
    ASSERT_FALSE(read_truth(*direct).whole);
    auto refused = a->claim(d1, 50000, patience::wait);
    ASSERT_FALSE(refused) << "its owner lives";
    EXPECT_THAT(refused.error().text, HasSubstr("TCPIPB"));
    auto dead = b->self();
    b.die();
    ASSERT_TRUE(in_time([&] { return a->recover(dead).has_value(); }));
    EXPECT_TRUE(a->claim(d1, 50000, patience::wait));
    auto told = read_truth(*direct);
    EXPECT_TRUE(told.whole);
    EXPECT_EQ(told.in_use, 1U);
}

TEST_F(updates, on_a_damaged_value_name_its_key) {
    etcd::key_names names("PLEX1");
    direct->transact({.writes = {{names.first(d1, 625), std::string("\x01nonsense")}}}).value();
    ASSERT_TRUE(
        in_time([&] { return a->who_holds(d1, 40000).what == port_holder::kind::several; }));
    auto refused = a->claim(d1, 40000, patience::wait);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr("key /tcpplex/PLEX1/f/10.1.9.9/40000"));
    EXPECT_TRUE(a->claim(d1, 50000, patience::wait)) << "other words are as before";
}

}  // namespace
}  // namespace cf::test
