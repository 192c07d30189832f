// Form LIST: an enumerated list of free ports, taken from its head, given back at its tail.
#include "beds.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace cf::test {
namespace {

constexpr std::uint16_t first_port = 40000, last_port = 40011;
constexpr std::size_t port_count = last_port - first_port + 1;
constexpr sharing_request list{
    .form = structure_form::list, .first_port = first_port, .last_port = last_port};

template <class Bed>
struct list_of_free_ports : ::testing::Test {
    Bed bed;
    stack a = bed.join("TCPIPA");
    stack b = bed.join("TCPIPB");

    void SetUp() override { share_as(list, d1, *a, *b); }

    std::uint16_t take(stack& who) { return who->allocate(d1, remote, {}, patience::wait).value(); }
    /// Everything there is, in the order given.
    std::vector<std::uint16_t> drain(stack& who) {
        std::vector<std::uint16_t> ports;
        while (auto port = who->allocate(d1, remote, {}, patience::wait))
            ports.push_back(*port);
        return ports;
    }
    void give_back(stack& who, std::vector<std::uint16_t> const& ports) {
        for (auto port : ports)
            who->release(d1, port, patience::wait).value();
    }
};
TYPED_TEST_SUITE(list_of_free_ports, beds);

TYPED_TEST(list_of_free_ports, has_each_port_of_its_range_once) {
    auto ports = this->drain(this->a);
    EXPECT_EQ(ports.size(), port_count);
    EXPECT_EQ(std::set(ports.begin(), ports.end()).size(), port_count);
    EXPECT_EQ(*std::min_element(ports.begin(), ports.end()), first_port);
    EXPECT_EQ(*std::max_element(ports.begin(), ports.end()), last_port);
    EXPECT_EQ(this->b->allocate(d1, remote, {}, patience::wait).error().code, error::exhausted);
}

TYPED_TEST(list_of_free_ports, gives_the_port_that_has_been_free_for_longest) {
    auto ports = this->drain(this->a);
    std::swap(ports[1], ports[7]);
    this->give_back(this->a, ports);
    EXPECT_EQ(this->drain(this->b), ports);
}

TYPED_TEST(list_of_free_ports, loses_the_port_of_a_bind_from_its_middle) {
    this->a->claim(d1, 40005, patience::wait).value();
    auto ports = this->drain(this->b);
    EXPECT_EQ(ports.size(), port_count - 1);
    EXPECT_EQ(std::count(ports.begin(), ports.end(), 40005), 0);
}

TYPED_TEST(list_of_free_ports, never_gets_a_port_from_outside_its_range) {
    this->a->claim(d1, 50000, patience::wait).value();
    this->a->release(d1, 50000, patience::wait).value();
    auto ports = this->drain(this->b);
    EXPECT_EQ(ports.size(), port_count);
    EXPECT_EQ(std::count(ports.begin(), ports.end(), 50000), 0);
}

// claims: X8 X31
TYPED_TEST(list_of_free_ports, has_a_port_released_twice_once) {
    auto const port = this->take(this->a);
    this->a->release(d1, port, patience::wait).value();
    this->a->release(d1, port, patience::wait).value();
    EXPECT_EQ(this->drain(this->b).size(), port_count);
}

// claims: X8 X31
TYPED_TEST(list_of_free_ports, keeps_a_port_that_another_stack_took_after_a_repeated_release) {
    auto ports = this->drain(this->a);
    this->a->release(d1, ports[3], patience::wait).value();
    EXPECT_EQ(this->take(this->b), ports[3]);
    this->a->release(d1, ports[3], patience::wait).value();
    EXPECT_TRUE(this->drain(this->b).empty());
}

TYPED_TEST(list_of_free_ports, gets_back_the_ports_of_a_failed_stack_once) {
    for (int i = 0; i < 5; ++i)
        this->take(this->a);
    auto const dead = this->a.kill();
    this->b->recover(dead).value();
    this->b->recover(dead).value();
    EXPECT_EQ(this->drain(this->b).size(), port_count);
}

TYPED_TEST(list_of_free_ports, skips_what_the_caller_excludes_and_keeps_it) {
    auto const only_two = only(40003, 40004);
    EXPECT_TRUE(this->a->allocate(d1, remote, only_two, patience::wait));
    EXPECT_TRUE(this->a->allocate(d1, remote, only_two, patience::wait));
    EXPECT_EQ(this->a->allocate(d1, remote, only_two, patience::wait).error().code,
              error::exhausted);
    EXPECT_EQ(this->drain(this->b).size(), port_count - 2);
}

TYPED_TEST(list_of_free_ports, has_no_service_port) {
    this->a->serve(d1, 40002, patience::wait).value();
    auto ports = this->drain(this->b);
    EXPECT_EQ(ports.size(), port_count - 1);
    EXPECT_EQ(std::count(ports.begin(), ports.end(), 40002), 0);
    this->a->unserve(d1, 40002, patience::wait).value();
    EXPECT_EQ(this->drain(this->b), std::vector<std::uint16_t>{40002});
}

TYPED_TEST(list_of_free_ports, leaves_out_what_was_in_use_when_sharing_was_switched_on) {
    this->a->begin_disable(d1).value();
    this->a->begin_enable(d1, list).value();
    this->a->backfill(d1, {.bound = set_of({40001})}).value();
    this->b->backfill(d1, {.bound = set_of({40001, 40007})}).value();
    ASSERT_TRUE(this->a->try_complete(d1)->on);
    EXPECT_EQ(this->drain(this->a).size(), port_count - 2);
    this->a->release(d1, 40001, patience::wait).value();
    EXPECT_TRUE(this->drain(this->a).empty());
    this->b->release(d1, 40001, patience::wait).value();
    EXPECT_EQ(this->drain(this->a), std::vector<std::uint16_t>{40001});
}

}  // namespace
}  // namespace cf::test
