// The trace: what it says of each step, on both backends; and the ring it is kept in.
#include "bed.hpp"
#include "cf/trace/clock.hpp"
#include "cf/trace/ring.hpp"
#include "replay.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace cf::test {
namespace {

constexpr auto wait = patience::wait;
using trace::flips;

flips set(std::uint16_t port, std::uint16_t count = 1) {
    return {.set = {port, count}};
}
flips cleared(std::uint16_t port, std::uint16_t count = 1) {
    return {.cleared = {port, count}};
}

template <class Bed>
struct a_trace : ::testing::Test {
    Bed bed;
    stack a = bed.join("A"), b = bed.join("B");
    a_trace() { share(d1, *a, *b); }
    trace::record last() { return b->trace(d1, 1).at(0); }
};
using beds = ::testing::Types<file_bed, memory_bed>;
TYPED_TEST_SUITE(a_trace, beds);

TYPED_TEST(a_trace, tells_who_took_which_port_and_in_which_version) {
    auto before = this->last();
    auto port = this->a->allocate(d1, remote, only(40000, 40003), wait).value();
    auto record = this->last();
    EXPECT_EQ(record.number, before.number + 1);
    EXPECT_EQ(record.version, before.version + 1);
    EXPECT_EQ(record.slot, this->a->self().slot);
    EXPECT_EQ(record.incarnation, this->a->self().incarnation);
    EXPECT_EQ(record.what, step_kind::allocate);
    EXPECT_EQ(record.of_slot, this->a->self().slot);
    EXPECT_EQ(record.first, set(port));
    EXPECT_EQ(record.held, set(port));
    EXPECT_EQ(record.served, flips{});
    EXPECT_EQ(record.settings.state, sharing_state::on);
    EXPECT_LE(record.when, trace::now());
    EXPECT_NE(record.when, 0U);
}

TYPED_TEST(a_trace, tells_of_a_release_and_of_one_that_changed_nothing_says_nothing) {
    this->a->claim(d1, 40001, wait).value();
    this->a->release(d1, 40001, wait).value();
    auto record = this->last();
    EXPECT_EQ(record.what, step_kind::release);
    EXPECT_EQ(record.port, 40001);
    EXPECT_EQ(record.first, cleared(40001));
    EXPECT_EQ(record.held, cleared(40001));
    this->a->release(d1, 40001, wait).value();
    EXPECT_EQ(this->last().number, record.number);
}

TYPED_TEST(a_trace, tells_of_a_refusal_without_a_new_version) {
    this->a->claim(d1, 40001, wait).value();
    auto before = this->last();
    EXPECT_FALSE(this->b->claim(d1, 40001, wait));
    auto record = this->last();
    EXPECT_EQ(record.number, before.number + 1);
    EXPECT_EQ(record.version, before.version);
    EXPECT_EQ(record.refused, error::in_use);
    EXPECT_EQ(record.port, 40001);
    EXPECT_EQ(record.first, flips{});
}

TYPED_TEST(a_trace, counts_the_ports_of_a_batch) {
    port_words ports{};
    for (unsigned port : {40001U, 40003U, 50000U})
        insert(ports, static_cast<std::uint16_t>(port));
    port_words services{};
    insert(services, 8080);
    this->a->backfill(d1, {.bound = ports, .services = services}).value();
    auto record = this->last();
    EXPECT_EQ(record.what, step_kind::back_fill);
    EXPECT_EQ(record.held, set(40001, 3));
    EXPECT_EQ(record.served, set(8080));
    EXPECT_EQ(record.first, set(8080, 4));
}

TYPED_TEST(a_trace, shows_that_a_shared_port_stays_taken) {
    port_words ports{};
    insert(ports, 40001);
    this->a->backfill(d1, {.bound = ports}).value();
    this->b->backfill(d1, {.bound = ports}).value();
    EXPECT_EQ(this->last().first, flips{});
    this->a->release(d1, 40001, wait).value();
    EXPECT_EQ(this->last().first, flips{});
    EXPECT_EQ(this->last().held, cleared(40001));
    this->b->release(d1, 40001, wait).value();
    EXPECT_EQ(this->last().first, cleared(40001));
}

TYPED_TEST(a_trace, names_whose_ports_are_recovered) {
    this->a->claim(d1, 40001, wait).value();
    auto dead = this->a.kill();
    this->b->recover(dead).value();
    auto record = this->last();
    EXPECT_EQ(record.what, step_kind::recover);
    EXPECT_EQ(record.slot, this->b->self().slot);
    EXPECT_EQ(record.of_slot, dead.slot);
    EXPECT_EQ(record.held, cleared(40001));
}

TYPED_TEST(a_trace, replays_and_keeps_the_newest_when_it_is_full) {
    replay judge;
    for (int i = 0; i < 3000; ++i) {
        auto& one = i % 2 == 0 ? *this->a : *this->b;
        auto port = one.allocate(d1, remote, only(40000, 40063), wait).value();
        one.release(d1, port, wait).value();
        if (i % 100 == 0) judge.feed(one.trace(d1, 1024));
    }
    EXPECT_EQ(judge.fault(), "");
    EXPECT_GT(judge.judged(), 100);
    auto all = this->a->trace(d1, 100000);
    EXPECT_EQ(all.size(), trace::ring_size);
    EXPECT_EQ(all.back().number - all.front().number, trace::ring_size - 1);
    EXPECT_EQ(this->a->trace(d1, 3).front().number, all.back().number - 2);
}

TYPED_TEST(a_trace, of_an_unknown_address_is_empty) {
    EXPECT_TRUE(this->a->trace(d2, 10).empty());
}

TEST(a_replay, finds_a_port_that_is_taken_twice) {
    trace::record take{.number = 1,
                       .version = 1,
                       .slot = 0,
                       .what = step_kind::allocate,
                       .of_slot = 0,
                       .first = set(40000),
                       .held = set(40000),
                       .settings = {.state = sharing_state::on}};
    auto again = take;
    again.number = again.version = 2;
    again.slot = again.of_slot = 1;
    replay judge;
    judge.feed(std::vector{take, again});
    EXPECT_EQ(judge.fault(), "record 2 (allocate by slot 1): port 40000 is held by slot 0");
}

TEST(a_replay, finds_a_dead_incarnation_that_writes) {
    trace::record one{.number = 1, .version = 1, .slot = 0, .incarnation = 5};
    auto late = one;
    late.number = late.version = 2;
    late.incarnation = 4;
    replay judge;
    judge.feed(std::vector{one, late});
    EXPECT_NE(judge.fault().find("followed by another"), std::string::npos);
}

// --- the ring

void write(trace::ring& to, std::uint64_t number) {
    trace::prepare(to, number, trace::version_word(number, 1), number, trace::who_word(1, 1),
                   number, number, number, number);
}

struct a_ring : ::testing::Test {
    std::unique_ptr<trace::ring> ring = std::make_unique<trace::ring>();
    void add() {
        auto number = trace::next_number(*ring);
        write(*ring, number);
        trace::publish(*ring, number);
    }
};

TEST_F(a_ring, skips_a_half_written_record_and_uses_its_place_again) {
    add();
    write(*ring, trace::next_number(*ring));  // its writer dies here
    EXPECT_EQ(trace::read(*ring, 10).size(), 1U);
    EXPECT_EQ(trace::next_number(*ring), 2U);
    add();
    EXPECT_EQ(trace::read(*ring, 10).back().number, 2U);
}

TEST_F(a_ring, that_overwrites_a_record_half_shows_the_others) {
    for (std::size_t i = 0; i < trace::ring_size; ++i)
        add();
    write(*ring, trace::next_number(*ring));
    auto all = trace::read(*ring, trace::ring_size);
    EXPECT_EQ(all.size(), trace::ring_size - 1);
    EXPECT_EQ(all.front().number, 2U);
}

TEST_F(a_ring, keeps_a_record_whose_writer_died_before_it_was_counted) {
    add();
    auto number = trace::next_number(*ring);
    write(*ring, number);
    ring->records[number % trace::ring_size][0].store(number);  // all of publish() but the count
    add();
    auto all = trace::read(*ring, 10);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all.back().number, 3U);
}

TEST_F(a_ring, leaves_out_what_cannot_be_a_record) {
    add();
    ring->records[1][3].store(~std::uint64_t{0});
    EXPECT_TRUE(trace::read(*ring, 10).empty());
    ring->count.store(~std::uint64_t{0});
    EXPECT_TRUE(trace::read(*ring, 10).empty());
}

TEST_F(a_ring, is_read_whole_while_it_is_written) {
    std::atomic<bool> enough = false;
    std::thread writer([&] {
        while (!enough)
            add();
    });
    std::uint64_t torn = 0, seen = 0;
    auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (seen < 100000 && std::chrono::steady_clock::now() < deadline)
        for (auto const& one : trace::read(*ring, trace::ring_size)) {
            ++seen;
            torn += one.number != one.when || one.number != one.version ? 1 : 0;
        }
    enough = true;
    writer.join();
    EXPECT_EQ(torn, 0U);
    EXPECT_GE(seen, 100000U);
}

}  // namespace
}  // namespace cf::test
