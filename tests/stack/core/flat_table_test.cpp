// The hash table against a map, with hashes that collide.
#include "stack/core/flat_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace stack {

TEST(flat_table, agrees_with_a_map_under_random_operations) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        std::mt19937 random(seed);
        auto const pick = [&](unsigned n) { return static_cast<std::uint32_t>(random() % n); };
        flat_table table;
        std::map<std::uint32_t, std::uint32_t> oracle;  // key -> value; the value holds its key
        auto const hash = [](std::uint32_t key) { return key % 37 * 0x01010101U; };
        auto const is = [](std::uint32_t key) {
            return [key](std::uint32_t value) { return value % 1000 == key; };
        };
        for (int i = 0; i < 5000; ++i) {
            std::uint32_t const key = pick(300);
            auto const known = oracle.find(key);
            auto const found = table.find(hash(key), is(key));
            ASSERT_EQ(found.has_value(), known != oracle.end());
            ASSERT_EQ(found.value_or(0), found ? known->second : 0);
            std::uint32_t const value = key + 1000 * pick(100);
            if (!found) {
                table.insert(hash(key), value);
                oracle[key] = value;
            } else if (pick(2) == 0) {
                table.erase(hash(key), is(key));
                oracle.erase(key);
            } else {
                table.replace(hash(key), value, is(key));
                oracle[key] = value;
            }
            ASSERT_EQ(table.size(), oracle.size());
        }
    }
}

}  // namespace stack
