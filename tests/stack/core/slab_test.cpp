// Slabs and the lists through them.
#include "stack/core/slab.hpp"

#include "stack/core/index_list.hpp"

#include <gtest/gtest.h>

namespace stack {

namespace {
struct thing {
    int value = 0;
    index_links links;
};
}  // namespace

TEST(slab, a_stale_generation_is_recognised) {
    slab<thing> things;
    std::uint32_t const index = things.emplace();
    std::uint32_t const generation = things.generation(index);
    ASSERT_NE(things.find(index, generation), nullptr);
    things.erase(index);
    EXPECT_EQ(things.find(index, generation), nullptr);
    EXPECT_EQ(things.emplace(), index);
    EXPECT_EQ(things.find(index, generation), nullptr);
    EXPECT_EQ(things.find(12345, 0), nullptr);
}

TEST(slab, a_free_place_is_none_of_any_generation) {
    slab<thing> things;
    std::uint32_t const index = things.emplace();
    EXPECT_EQ(things.find(index + 1, things.generation(index + 1)), nullptr);
    for (int lives = 0; lives < 3; ++lives) {
        things[index].value = 7;
        things.erase(index);
        EXPECT_EQ(things.find(index, things.generation(index)), nullptr);
        EXPECT_EQ(things.find(index, things.generation(index) - 1), nullptr);
        EXPECT_EQ(things.size(), 0U);
        EXPECT_EQ(things.emplace(), index);
        EXPECT_EQ(things[index].value, 0);
        EXPECT_NE(things.find(index, things.generation(index)), nullptr);
    }
    int seen = 0;
    things.each([&](std::uint32_t, thing const&) { ++seen; });
    EXPECT_EQ(seen, 1);
}

TEST(slab, addresses_stay_while_it_grows) {
    slab<thing> things;
    thing* const first = &things[things.emplace()];
    first->value = 1;
    for (int i = 0; i < 1000; ++i)
        things.emplace();
    EXPECT_EQ(first->value, 1);
    EXPECT_EQ(things.size(), 1001U);
}

TEST(index_list, keeps_order_and_forgets_what_is_erased) {
    slab<thing> things;
    index_list<thing, &thing::links> list;
    std::uint32_t const a = things.emplace();
    std::uint32_t const b = things.emplace();
    std::uint32_t const c = things.emplace();
    for (std::uint32_t const index : {a, b, c})
        list.push_back(things, index);
    list.erase(things, b);
    EXPECT_FALSE(things[b].links.linked());
    EXPECT_EQ(list.size(), 2U);
    EXPECT_EQ(list.pop_front(things), a);
    EXPECT_EQ(list.pop_front(things), c);
    EXPECT_TRUE(list.empty());
}

}  // namespace stack
