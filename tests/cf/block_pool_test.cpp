// The pool of ports that a stack holds in blocks.
#include "cf/block/pool.hpp"
#include "stacks.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace cf::test {
namespace {

constexpr port_words nothing{};

block_run block_at(std::size_t word, std::size_t words = 1) {
    block_run run;
    for (auto w = word; w < word + words; ++w)
        run.push_back({w, ~std::uint64_t{0}});
    return run;
}

std::size_t count(block_run const& run) {
    std::size_t ports = 0;
    for (auto const& each : run)
        ports += static_cast<std::size_t>(std::popcount(each.ports));
    return ports;
}

struct pool_of_blocks : ::testing::Test {
    block_pool pool;
    block_pool::clock::time_point const now = block_pool::clock::now();
    block_pool::clock::time_point after(std::int64_t seconds) const {
        return now + std::chrono::seconds(seconds);
    }
};

TEST_F(pool_of_blocks, gives_each_port_once) {
    pool.add(block_at(700), 0);
    std::set<std::uint16_t> given;
    while (auto port = pool.take(nothing, 0))
        EXPECT_TRUE(given.insert(*port).second);
    EXPECT_EQ(given.size(), 64U);
    EXPECT_EQ(*given.begin(), 700 * 64);
}

TEST_F(pool_of_blocks, has_the_port_it_was_fetched_for_in_use) {
    pool.add(block_at(700), 44805);
    EXPECT_FALSE(pool.take(44805));
    EXPECT_TRUE(pool.has(44805));
    EXPECT_EQ(pool.count().free, 63U);
    EXPECT_TRUE(pool.put(44805));
    EXPECT_TRUE(pool.take(44805));
}

TEST_F(pool_of_blocks, gives_no_excluded_port) {
    pool.add(block_at(700), 0);
    auto const excluded = only(44810, 44811);
    EXPECT_EQ(pool.take(excluded, 0), 44810);
    EXPECT_EQ(pool.take(excluded, 0), 44811);
    EXPECT_EQ(pool.take(excluded, 0), std::nullopt);
}

TEST_F(pool_of_blocks, reuses_a_port_as_late_as_possible) {
    pool.add(block_at(700), 0);
    auto const first = pool.take(nothing, 0);
    pool.put(*first);
    for (int taken = 1; taken < 64; ++taken)
        EXPECT_NE(pool.take(nothing, 0), first);
    EXPECT_EQ(pool.take(nothing, 0), first);
}

TEST_F(pool_of_blocks, does_not_know_a_port_outside) {
    pool.add(block_at(700), 0);
    EXPECT_FALSE(pool.put(40000));
    EXPECT_FALSE(pool.take(40000));
    EXPECT_FALSE(pool.withdraw(40000));
}

TEST_F(pool_of_blocks, is_low_with_less_than_16_or_a_fifth_free) {
    EXPECT_TRUE(pool.is_low());
    pool.add(block_at(700, 16), 0);
    EXPECT_FALSE(pool.is_low());
    for (int taken = 0; taken < 820; ++taken)
        ASSERT_TRUE(pool.take(nothing, 0));
    EXPECT_TRUE(pool.is_low());
    pool.found_none(block_pool::clock::now());
    EXPECT_FALSE(pool.is_low()) << "there is no sense in asking again at once";
}

TEST_F(pool_of_blocks, fetches_more_at_a_time_when_they_go_fast) {
    EXPECT_EQ(pool.blocks_to_fetch(now, 8), 1U);
    EXPECT_EQ(pool.blocks_to_fetch(now, 8), 2U);
    EXPECT_EQ(pool.blocks_to_fetch(now, 8), 4U);
    EXPECT_EQ(pool.blocks_to_fetch(now, 8), 8U);
    EXPECT_EQ(pool.blocks_to_fetch(now, 8), 8U);
    EXPECT_EQ(pool.blocks_to_fetch(after(2), 8), 1U);
}

TEST_F(pool_of_blocks, returns_a_block_a_minute_after_its_last_use) {
    pool.add(block_at(700, 2), 0);
    pool.add(block_at(800, 2), 0);
    ASSERT_TRUE(pool.take(44800));
    EXPECT_TRUE(pool.withdraw_idle(after(59)).empty());
    EXPECT_EQ(pool.withdraw_idle(after(61)), block_at(800, 2));
    pool.put(44800);
    EXPECT_TRUE(pool.withdraw_idle(after(62)).empty());
    EXPECT_TRUE(pool.withdraw_idle(after(121)).empty());
    EXPECT_EQ(pool.withdraw_idle(after(123)), block_at(700, 2));
    EXPECT_EQ(pool.count().ports, 0U);
    EXPECT_EQ(pool.take(nothing, 0), std::nullopt);
}

TEST_F(pool_of_blocks, keeps_a_block_without_which_less_than_a_fifth_is_free) {
    pool.add(block_at(700), 0);
    pool.add(block_at(800), 0);
    for (int port = 44800; port < 44800 + 60; ++port)
        ASSERT_TRUE(pool.take(static_cast<std::uint16_t>(port)));
    EXPECT_TRUE(pool.withdraw_idle(after(61)).empty()) << "4 of 64 would be free";
    for (int port = 44800; port < 44810; ++port)
        pool.put(static_cast<std::uint16_t>(port));
    EXPECT_EQ(pool.withdraw_idle(after(130)), block_at(800)) << "14 of 64 are free";
}

TEST_F(pool_of_blocks, spares_blocks_without_use_for_others_first) {
    pool.add(block_at(700), 0);
    pool.add(block_at(800), 0);
    ASSERT_TRUE(pool.take(44800));
    EXPECT_EQ(pool.withdraw_some(), block_at(800));
    EXPECT_EQ(count(pool.withdraw_some()), 32U) << "half of what is free";
    EXPECT_EQ(pool.count().free, 31U);
}

TEST_F(pool_of_blocks, spares_its_last_free_port_too) {
    pool.add({{700, 3}}, 44800);
    EXPECT_EQ(pool.withdraw_some(), (block_run{{700, 2}}));
    EXPECT_TRUE(pool.withdraw_some().empty());
}

TEST_F(pool_of_blocks, lets_go_of_ports_in_use_when_it_is_emptied) {
    pool.add(block_at(700), 44800);
    EXPECT_EQ(count(pool.withdraw_all()), 63U);
    EXPECT_FALSE(pool.put(44800)) << "the facility gets it back";
}

TEST_F(pool_of_blocks, loses_no_port_and_gives_none_twice_under_threads) {
    pool.add(block_at(700, 2), 0);
    std::array<std::atomic<int>, 128> users{};
    std::atomic<bool> twice = false;
    std::atomic<std::uint64_t> withdrawn = 0;
    auto const use = [&] {
        for (int turn = 0; turn < 20000; ++turn) {
            auto const port = pool.take(nothing, static_cast<std::uint64_t>(turn));
            if (!port) continue;
            auto& count = users[*port - 44800U];
            if (count.fetch_add(1) != 0) twice = true;
            count.fetch_sub(1);
            pool.put(*port);
        }
    };
    std::thread one(use), other(use);
    for (int turn = 0; turn < 200; ++turn) {
        auto run = pool.withdraw_some();
        withdrawn += count(run);
        if (!run.empty()) pool.add(run, 0);
    }
    one.join();
    other.join();
    EXPECT_FALSE(twice);
    EXPECT_GT(withdrawn.load(), 0U);
    EXPECT_EQ(pool.count().ports, 128U);
    EXPECT_EQ(pool.count().free, 128U);
}

}  // namespace
}  // namespace cf::test
