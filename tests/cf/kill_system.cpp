// kill -9 against the facility's file: at every write of every step, and at random instants.

#include "replay.hpp"
#include "victim.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <random>

namespace cf::test {
namespace {

// What the survivors may find after a death and a recovery: exactly the ports of the living.
void expect_whole(connector& survivor, port_words const& range, std::uint32_t held_by_the_living) {
    auto usage = survivor.usage(d1, range).value();
    std::uint32_t held = 0;
    for (auto const& one : usage.stacks)
        held += one.in_use + one.services;
    EXPECT_EQ(usage.in_use, held_by_the_living) << "a port is lost, or held by nobody";
    EXPECT_EQ(held, held_by_the_living) << "a port is held twice, or by the dead";
}

// Steps on ports that one stack uses once: there the sums of both structures are equal, also before
// the recovery.
bool has_single_uses(victim_step step) {
    return step == victim_step::allocate || step == victim_step::claim ||
           step == victim_step::release || step == victim_step::serve ||
           step == victim_step::unserve;
}

void expect_first_is_union(connector& survivor, port_words const& range) {
    auto usage = survivor.usage(d1, range).value();
    std::uint32_t uses = 0;
    for (auto const& one : usage.stacks)
        uses += one.in_use + one.services;
    EXPECT_EQ(usage.in_use, uses) << "the heir of the lock has not repaired";
}

// Every port that nobody uses can be had, and once: nothing is missing from a list of free ports.
void expect_all_available(connector& survivor, port_words const& range) {
    auto const free = survivor.usage(d1, range)->available;
    std::vector<std::uint16_t> given;
    while (auto port = survivor.allocate(d1, remote, range, patience::wait))
        given.push_back(*port);
    EXPECT_EQ(given.size(), free);
    std::vector<connection_note> ends;
    for (auto port : given)
        ends.push_back({.entry = {port, remote}, .ended = true});
    if (survivor.settings(d1)->form == structure_form::hashtable)
        survivor.note(d1, ends, patience::wait).value();
    else
        survivor.release(d1, given, patience::wait).value();
}

struct killed : ::testing::Test {
    scratch directory;
    std::unique_ptr<connector> survivor = join_file(directory.file(), "SURVIVOR");
    port_words range = only(40000, 40063);

    explicit killed(structure_form form = structure_form::bitmap) {
        share_as({.form = form, .first_port = 40000, .last_port = 40063}, d1, *survivor);
        survivor->claim(d1, 40000, patience::wait).value();
        survivor->serve(d1, 40001, patience::wait).value();
    }
    /// The last thousand operations of all, the dead included, say what can be.
    void expect_plausible_trace() {
        replay judge;
        judge.feed(survivor->trace(d1, trace::ring_size));
        EXPECT_EQ(judge.fault(), "");
        EXPECT_GT(judge.last_number(), 0U);
    }
    void recover_all() {
        for (auto const& event : survivor->check())
            if (event.what == group_event::kind::failed) survivor->recover(event.who).value();
    }
};

struct killed_with : killed, ::testing::WithParamInterface<structure_form> {
    killed_with() : killed(GetParam()) {}
};

INSTANTIATE_TEST_SUITE_P(form, killed_with,
                         ::testing::Values(structure_form::bitmap, structure_form::list,
                                           structure_form::hashtable),
                         [](auto const& each) { return std::string(name_of(each.param)); });

// claims: 11 12 33 34 X2 X3 X4
TEST_P(killed_with, x2_x3_x4_at_every_write_of_every_step_loses_no_port_and_no_lock) {
    int deaths = 0;
    for (auto step : all_victim_steps) {
        // The last round of a step is the one it survives: then every write has had its death.
        for (unsigned at = 1;; ++at) {
            bool died = run_victim_step(directory.file(), step, at);
            if (has_single_uses(step)) expect_first_is_union(*survivor, range);
            recover_all();
            ASSERT_EQ(survivor->members().size(), 1U) << name_of(step) << " " << at;
            expect_whole(*survivor, range, 2);
            expect_all_available(*survivor, range);
            expect_plausible_trace();
            ASSERT_FALSE(HasFailure()) << name_of(step) << ", write " << at;
            if (!died) break;
            ++deaths;
        }
    }
    auto facility = shared_memory::backend::open(directory.file()).value();
    std::printf("scripted deaths %d, locks inherited %u, updates repaired %u\n", deaths,
                facility->history().inherited, facility->history().repaired);
    EXPECT_GT(deaths, 30);
    EXPECT_GT(facility->history().repaired, 20U);
}

TEST_F(killed, x3_a_port_half_released_is_not_given_before_the_recovery) {
    ASSERT_TRUE(
        run_victim_step(directory.file(), victim_step::release, 2));  // first cleared, second not
    auto other = join_file(directory.file(), "OTHER");                // recovers at its join
    other->backfill(d1, {}).value();
    other->claim(d1, victim_port, patience::wait).value();
    recover_all();
    EXPECT_EQ(survivor->who_holds(d1, victim_port).slot, other->self().slot);
}

TEST_F(killed, at_random_instants_two_hundred_times_loses_no_port_and_gives_none_twice) {
    constexpr int kills_wanted = 200, inside_wanted = 10, most_kills = 2000;
    std::uint64_t seed = std::random_device{}();
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    std::mt19937_64 random(seed);
    auto facility = shared_memory::backend::open(directory.file()).value();
    int kills = 0;
    for (; kills < most_kills; ++kills) {
        if (kills >= kills_wanted && facility->history().repaired >= inside_wanted) break;
        std::chrono::microseconds const lifetime(500 + random() % 3000);
        auto victims = start_victims(directory.file(), 2, lifetime);
        if (auto port = survivor->allocate(d1, remote, range, patience::wait))
            survivor->release(d1, *port, patience::wait).value();
        reap(victims);
        recover_all();
        recover_all();
        ASSERT_EQ(survivor->members().size(), 1U);
        expect_whole(*survivor, range, 2);
        expect_plausible_trace();
        ASSERT_FALSE(HasFailure()) << "kill " << kills;
        ASSERT_FALSE(victims.found_a_duplicate()) << "kill " << kills;
        ASSERT_FALSE(victims.gave_up()) << "kill " << kills;
    }
    auto history = facility->history();
    std::printf("kills %d (of two stacks each), in the lock %u, inside an update %u\n", kills,
                history.inherited, history.repaired);
    EXPECT_GE(kills, kills_wanted);
    EXPECT_GE(history.repaired, static_cast<unsigned>(inside_wanted));
}

TEST_F(killed, the_end_of_a_process_wakes_those_who_watch_it) {
    survivor->check();
    auto victims = start_victims(directory.file(), 1);
    auto joined = survivor->check();
    ASSERT_EQ(joined.size(), 1U);
    ASSERT_EQ(survivor->watched().size(), 1U);
    kill_and_reap(victims);
    EXPECT_TRUE(readable_within(survivor->watched()[0], 5000));
    auto events = survivor->check();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].what, group_event::kind::failed);
    EXPECT_TRUE(survivor->watched().empty());
}

TEST_F(killed, a_stopped_stack_is_alive_and_a_lock_it_holds_is_not_stolen) {
    auto victim = start_stopped_in_lock(directory.file());
    auto refused = survivor->claim(d1, 40005, patience::try_once);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::busy);
    refused = survivor->claim(d1, 40005, patience::wait);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error::unavailable);
    EXPECT_NE(refused.error().text.find("VICTIM (pid " + std::to_string(victim.pid()) + ")"),
              std::string::npos)
        << refused.error().text;
    for (auto const& one : survivor->members())
        EXPECT_TRUE(survivor->recover(one).has_error()) << "a stopped stack is alive";
    victim.resume();
    EXPECT_TRUE(survivor->claim(d1, 40005, patience::wait));
}

}  // namespace
}  // namespace cf::test
