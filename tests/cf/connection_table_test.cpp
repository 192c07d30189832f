// The shared-memory table of connections against a map, and after a crash at any of its writes.
#include "cf/backend/shared_memory/connection_table.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <set>

namespace cf::shared_memory {
namespace {

constexpr std::uint32_t records = 1024;
struct stopped {};

struct table_space {
    struct free_memory {
        void operator()(void* memory) const { std::free(memory); }
    };
    std::unique_ptr<void, free_memory> memory{std::calloc(1, table_bytes(records))};
    std::atomic<std::uint32_t> writing{0};
    write_hook hook;
    std::uint32_t buckets = 0;

    connection_table table() { return {memory.get(), records, 4711, buckets}; }
    bool set(table_entry const& entry, table_value const& value) {
        stepwise steps(writing, hook);
        bool const done = table().set_value(entry, value, steps);
        steps.complete();
        return done;
    }
};

using model = std::map<table_entry, table_value>;

table_entry some_entry(std::mt19937_64& random) {
    table_entry entry{static_cast<std::uint16_t>(40000 + random() % 5), {}};
    if (random() % 8 != 0) {
        entry.to.host = dvipa::v4(static_cast<std::uint32_t>(random() % 40)).bytes;
        entry.to.port = static_cast<std::uint16_t>(random() % 4);
    }
    return entry;
}

table_value some_value(std::mt19937_64& random) {
    if (random() % 3 == 0) return {};
    return {.owners = std::uint64_t{1} << random() % 3, .inbound = random() % 4 == 0};
}

void remember(model& expected, table_entry const& entry, table_value const& value) {
    if (value.owners == 0)
        expected.erase(entry);
    else
        expected[entry] = value;
}

void expect_same(connection_table const& table, model const& expected) {
    ASSERT_EQ(table.size(), expected.size());
    std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint32_t> uses;
    for (auto const& [entry, value] : expected) {
        ASSERT_EQ(table.value(entry), value);
        ASSERT_EQ(table.find(entry), value);
        for (std::uint16_t slot = 0; slot < 3; ++slot)
            if (!value.inbound && (value.owners >> slot & 1U) != 0) ++uses[{slot, entry.port}];
    }
    for (std::uint16_t slot = 0; slot < 3; ++slot)
        for (std::uint16_t port = 40000; port < 40005; ++port)
            ASSERT_EQ(table.uses(slot, port), std::min(uses[std::pair{slot, port}], 2U));
    ASSERT_EQ(table.entries(~std::uint64_t{0}).size(), expected.size());
}

void run_against_model(std::uint32_t buckets) {
    table_space space;
    space.buckets = buckets;
    model expected;
    std::mt19937_64 random(1);
    for (int step = 0; step < 20000; ++step) {
        auto const entry = some_entry(random);
        auto const value = some_value(random);
        ASSERT_TRUE(space.set(entry, value));
        remember(expected, entry, value);
        if (step % 16 == 0) expect_same(space.table(), expected);
    }
}

TEST(a_connection_table, agrees_with_a_map) {
    run_against_model(0);
}

// claims: X30
TEST(a_connection_table, agrees_with_a_map_if_all_entries_collide) {
    run_against_model(1);
}

TEST(a_connection_table, is_whole_after_a_crash_at_any_write_and_a_repair) {
    std::mt19937_64 random(2);
    int crashes = 0;
    for (int round = 0; round < 400; ++round) {
        table_space space;
        model expected;
        for (int step = 0; step < 60; ++step) {
            auto const entry = some_entry(random);
            auto const value = some_value(random);
            space.set(entry, value);
            remember(expected, entry, value);
        }
        auto const entry = some_entry(random);
        auto const value = some_value(random);
        auto after = expected;
        remember(after, entry, value);
        space.hook = [left = random() % 16]() mutable {
            if (left-- == 0) throw stopped{};
        };
        try {
            space.set(entry, value);
        } catch (stopped const&) {
            ++crashes;
        }
        space.hook = {};
        space.table().repair();
        auto const now = space.table().value(entry);
        auto const before = expected.contains(entry) ? expected[entry] : table_value{};
        // Of an entry that changes, owners and direction are two writes.
        ASSERT_TRUE(now == before || now == value ||
                    now == (table_value{before.owners, value.inbound}));
        remember(expected, entry, now);
        expect_same(space.table(), expected);
    }
    EXPECT_GT(crashes, 150);
}

TEST(a_connection_table, gives_every_record_again_after_it_was_full) {
    table_space space;
    auto entry = [](std::uint32_t i) {
        return table_entry{static_cast<std::uint16_t>(i + 1), {{}, 7}};
    };
    for (int round = 0; round < 3; ++round) {
        for (std::uint32_t i = 0; i < records; ++i)
            ASSERT_TRUE(space.set(entry(i), {.owners = 1}));
        EXPECT_FALSE(space.set(entry(records), {.owners = 1}));
        for (std::uint32_t i = 0; i < records; ++i)
            ASSERT_TRUE(space.set(entry(i), {}));
    }
}

TEST(a_connection_table, with_any_contents_stays_within_its_bounds) {
    std::mt19937_64 random(3);
    table_space space;
    auto* const words = static_cast<std::uint32_t*>(space.memory.get());
    for (std::size_t i = 0; i < table_bytes(records) / 4; ++i)
        words[i] = static_cast<std::uint32_t>(random() % 3 == 0 ? random() : random() % 1030);
    for (int step = 0; step < 200; ++step) {
        auto const entry = some_entry(random);
        (void)space.set(entry, some_value(random));
        (void)space.table().uses(0, entry.port);
        (void)space.table().find(entry);
    }
    space.table().repair();
    (void)space.table().entries(~std::uint64_t{0});
}

}  // namespace
}  // namespace cf::shared_memory
