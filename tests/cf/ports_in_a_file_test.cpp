// What is too much for a facility that is not in memory, or is its own: all ports, and one cursor
// for all stacks.
#include "stacks.hpp"

#include <gtest/gtest.h>

#include <set>

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

}  // namespace
}  // namespace cf::test
