// Deadlines against a sorted multimap.
#include "stack/timer/deadline_heap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace stack {

TEST(deadline_heap, agrees_with_a_sorted_map_under_random_operations) {
    for (unsigned seed = 1; seed <= 50; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        std::mt19937 random(seed);
        auto const pick = [&](unsigned n) { return static_cast<std::uint32_t>(random() % n); };
        deadline_heap heap;
        std::map<std::uint32_t, instant> oracle;
        auto const earliest = [&] {
            instant first = instant::max();
            for (auto const& [index, when] : oracle)
                first = std::min(first, when);
            return first;
        };
        for (int i = 0; i < 2000; ++i) {
            std::uint32_t const index = pick(100);
            if (pick(3) == 0) {
                heap.cancel(index);
                oracle.erase(index);
            } else {
                instant const when{duration(pick(1000))};
                heap.schedule(index, when);
                oracle[index] = when;
            }
            ASSERT_EQ(heap.size(), oracle.size());
            ASSERT_EQ(heap.contains(index), oracle.count(index) == 1);
            if (oracle.empty()) continue;
            ASSERT_EQ(heap.next(), earliest());
            ASSERT_EQ(oracle.at(heap.next_index()), heap.next());
        }
    }
}

}  // namespace stack
