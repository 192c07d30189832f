// Ranges beyond a hole, against a set of bytes.
#include "stack/tcp/data/reorder.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace stack::tcp {

TEST(reorder, touching_ranges_become_one) {
    reorder_block block;
    EXPECT_TRUE(block.insert(seq(10), seq(20)));
    EXPECT_TRUE(block.insert(seq(30), seq(40)));
    EXPECT_TRUE(block.insert(seq(20), seq(30)));
    EXPECT_EQ(block.advance(seq(10)), seq(40));
    EXPECT_TRUE(block.empty());
}

TEST(reorder, a_hole_stops_the_advance) {
    reorder_block block;
    block.insert(seq(10), seq(20));
    block.insert(seq(30), seq(40));
    EXPECT_EQ(block.advance(seq(5)), seq(5));
    EXPECT_EQ(block.advance(seq(15)), seq(20));
    EXPECT_FALSE(block.empty());
}

TEST(reorder, one_range_too_many_is_refused_but_known_ones_grow) {
    reorder_block block;
    for (std::uint32_t i = 0; i < limits::max_holes; ++i)
        EXPECT_TRUE(block.insert(seq(i * 10), seq(i * 10 + 5)));
    EXPECT_FALSE(block.insert(seq(10'000), seq(10'001)));
    EXPECT_TRUE(block.insert(seq(5), seq(10)));
    EXPECT_TRUE(block.insert(seq(10'000), seq(10'001)));
}

TEST(reorder, agrees_with_a_set_of_bytes) {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        std::mt19937 random(seed);
        auto const pick = [&](unsigned n) { return static_cast<std::uint32_t>(random() % n); };
        reorder_block block;
        std::set<std::uint32_t> bytes;
        std::uint32_t const base = 0xffffff00;  // wraps
        std::uint32_t next = 0;
        for (int i = 0; i < 200; ++i) {
            std::uint32_t const begin = next + 1 + pick(300);
            std::uint32_t const end = begin + 1 + pick(20);
            if (block.insert(seq(base + begin), seq(base + end)))
                for (std::uint32_t b = begin; b < end; ++b)
                    bytes.insert(b);
            if (pick(3) != 0) continue;
            next += pick(30);
            seq const reached = block.advance(seq(base + next));
            while (bytes.count(next) != 0)
                ++next;
            bytes.erase(bytes.begin(), bytes.lower_bound(next));
            ASSERT_EQ(reached, seq(base + next));
            ASSERT_EQ(block.empty(), bytes.empty());
        }
    }
}

}  // namespace stack::tcp
