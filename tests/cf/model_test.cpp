// Random operations of several stacks, compared after each with a plain model. Every backend.
#include "beds.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace cf::test {
namespace {

constexpr unsigned first_port = 40000, last_port = 40011;
constexpr std::size_t stack_count = 4;

// What each stack uses, by its place in the test.
struct model {
    std::map<std::uint16_t, std::set<std::size_t>> held, served;

    bool taken(std::uint16_t port) { return !held[port].empty() || !served[port].empty(); }
    std::size_t uses(std::uint16_t port) { return held[port].size() + served[port].size(); }
    void forget(std::size_t who) {
        for (auto& [port, stacks] : held)
            stacks.erase(who);
        for (auto& [port, stacks] : served)
            stacks.erase(who);
    }
};

template <class Bed>
struct play {
    Bed bed;
    std::array<stack, stack_count> stacks;
    std::vector<member> dead;
    std::vector<std::size_t> dead_places;
    model expected;
    std::mt19937_64 random;
    port_words range = only(first_port, last_port);

    unsigned roll(unsigned sides) { return static_cast<unsigned>(random() % sides); }
    std::uint16_t some_port() {
        return static_cast<std::uint16_t>(first_port + roll(last_port - first_port + 1));
    }

    void start(std::size_t who) {
        // Joining recovers whoever is dead.
        for (auto place : dead_places)
            expected.forget(place);
        dead.clear();
        dead_places.clear();
        stacks[who] = bed.join("S" + std::to_string(who));
        // Sometimes it has connections from before, also on ports that others hold.
        port_words adopted{};
        for (auto n = roll(3); n > 0; --n) {
            auto port = some_port();
            insert(adopted, port);
            expected.held[port].insert(who);
        }
        stacks[who]->backfill(d1, {.bound = adopted}).value();
    }
    void kill(std::size_t who) {
        dead.push_back(stacks[who].kill());
        dead_places.push_back(who);
    }
    void recover(std::size_t by) {
        for (auto const& one : dead)
            stacks[by]->recover(one).value();
        for (auto place : dead_places)
            expected.forget(place);
        dead.clear();
        dead_places.clear();
    }
    void allocate(std::size_t who) {
        auto port = stacks[who]->allocate(d1, remote, range, patience::wait);
        bool any_free = false;
        for (unsigned p = first_port; p <= last_port; ++p)
            any_free |= !expected.taken(static_cast<std::uint16_t>(p));
        ASSERT_EQ(port.has_value(), any_free);
        if (!port) return;
        ASSERT_FALSE(expected.taken(*port)) << *port;
        expected.held[*port].insert(who);
    }
    void claim(std::size_t who, std::uint16_t port) {
        bool free = !expected.taken(port) || expected.held[port].count(who) != 0;
        ASSERT_EQ(stacks[who]->claim(d1, port, patience::wait).has_value(), free);
        if (free) expected.held[port].insert(who);
    }
    void serve(std::size_t who, std::uint16_t port) {
        auto others = expected.held[port];
        others.erase(who);
        ASSERT_EQ(stacks[who]->serve(d1, port, patience::wait).has_value(), others.empty());
        if (!others.empty()) return;
        expected.held[port].erase(who);
        expected.served[port].insert(who);
    }
    void operate(std::size_t who) {
        auto port = some_port();
        switch (roll(12)) {
            case 0:
                kill(who);
                break;
            case 1:
                recover(who);
                break;
            case 2:
                serve(who, port);
                break;
            case 3:
                stacks[who]->unserve(d1, port, patience::wait).value();
                expected.served[port].erase(who);
                break;
            case 4:
            case 5:
                claim(who, port);
                break;
            case 6:
            case 7:
            case 8:
                allocate(who);
                break;
            default:
                stacks[who]->release(d1, port, patience::wait).value();
                expected.held[port].erase(who);
        }
    }
    void compare(connector& seen_by) {
        for (unsigned p = first_port; p <= last_port; ++p) {
            auto port = static_cast<std::uint16_t>(p);
            auto holder = seen_by.who_holds(d1, port);
            using kind = port_holder::kind;
            auto kind_expected = !expected.taken(port) ? kind::nobody
                                 : expected.uses(port) == 1 && !expected.held[port].empty()
                                     ? kind::one
                                 : expected.held[port].empty() ? kind::service
                                                               : kind::several;
            ASSERT_EQ(holder.what, kind_expected) << "port " << port;
        }
    }
    void run(structure_form form, std::uint64_t seed) {
        SCOPED_TRACE(std::string(name_of(form)) + ", seed " + std::to_string(seed));
        random.seed(seed);
        auto keeper = bed.join("KEEPER");
        share_as({.form = form, .first_port = first_port, .last_port = last_port}, d1, *keeper);
        for (std::size_t who = 0; who < stack_count; ++who)
            start(who);
        for (int step = 0; step < Bed::model_steps && !::testing::Test::HasFatalFailure(); ++step) {
            auto who = roll(stack_count);
            if (!stacks[who].cf)
                start(who);
            else
                operate(who);
            compare(*keeper);
        }
    }
};
template <class Bed>
struct model_of : ::testing::Test {};
TYPED_TEST_SUITE(model_of, beds);

std::uint64_t printed_seed() {
    std::uint64_t seed = std::random_device{}();
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    return seed;
}

TYPED_TEST(model_of, the_facility_agrees_with_the_model_in_each_form) {
    for (auto form : TypeParam::modelled_forms)
        play<TypeParam>().run(form, printed_seed());
}

}  // namespace
}  // namespace cf::test
