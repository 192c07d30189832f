// What is too much for a facility that is not in memory, or is its own: all ports, and one cursor
// for all stacks.
#include "bed.hpp"

#include <gtest/gtest.h>

#include <array>
#include <barrier>
#include <set>
#include <thread>

namespace cf::test {
namespace {

struct ports_in_a_file : ::testing::Test {
    scratch directory;
    std::unique_ptr<connector> a = join_file(directory.file(), "TCPIPA");
    std::unique_ptr<connector> b = join_file(directory.file(), "TCPIPB");
    std::unique_ptr<connector> c = join_file(directory.file(), "TCPIPC");
    port_words range = only(40000, 40003);

    ports_in_a_file() { share(d1, *a, *b, *c); }

    std::uint16_t take(connector& stack, port_words const& excluded) {
        return stack.allocate(d1, remote, excluded, patience::try_once).value();
    }
};

TEST_F(ports_in_a_file, x15_a_port_just_released_is_not_given_next) {
    for (int round = 0; round < 100; ++round) {
        auto port = take(*b, range);
        b->release(d1, port, patience::wait).value();
        auto next = take(*c, range);
        EXPECT_NE(next, port);
        c->release(d1, next, patience::wait).value();
    }
}

TEST_F(ports_in_a_file, all_64512_ports_can_be_in_use_and_all_come_back) {
    auto any = only(1024, 65535);
    std::set<std::uint16_t> given;
    for (unsigned i = 0; i < 64512; ++i)
        given.insert(take(i % 2 == 0 ? *a : *b, any));
    EXPECT_EQ(given.size(), 64512U);
    EXPECT_EQ(a->allocate(d1, remote, any, patience::try_once).error().code, error::exhausted);
    std::vector<std::uint16_t> all(given.begin(), given.end());
    a->release(d1, all, patience::wait).value();
    b->release(d1, all, patience::wait).value();
    EXPECT_EQ(a->usage(d1, any)->available, 64512U);
}

// claims: X18 35 36
TEST(bind, of_two_stacks_at_once_succeeds_for_exactly_one_each_of_200_times) {
    file_bed bed;
    std::array<stack, 2> stacks{bed.join("TCPIPA"), bed.join("TCPIPB")};
    share(d1, *stacks[0], *stacks[1]);
    std::array<std::vector<bool>, 2> won;
    std::barrier together(2);
    auto bind_all = [&](std::size_t who) {
        for (std::uint16_t round = 0; round < 200; ++round) {
            together.arrive_and_wait();
            auto const port = static_cast<std::uint16_t>(40000 + round);
            won[who].push_back(stacks[who]->claim(d1, port, patience::wait).has_value());
        }
    };
    std::thread other([&] { bind_all(1); });
    bind_all(0);
    other.join();
    for (std::size_t round = 0; round < 200; ++round)
        EXPECT_NE(won[0][round], won[1][round]) << round;
}

}  // namespace
}  // namespace cf::test
