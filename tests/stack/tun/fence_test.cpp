// What the fence stops, by a deadline that the test moves.
#include "stack/tun/fence.hpp"

#include "packet_builder.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace stack {
namespace {

using namespace stack::testing;

struct sending : ::testing::Test {
    sending() { gate.guard({addr("10.9.9.9"), addr("2001:db8::9")}, deadline); }
    static bytes from(char const* source) {
        return tcp_packet({at(source, 40000), at("10.0.0.2", 7), ack, 0, 0, {}});
    }
    static bytes from_v6(char const* source) {
        bytes packet(60);
        packet[0] = std::byte{0x60};
        auto const host = addr(source).bytes();
        for (std::size_t i = 0; i < host.size(); ++i)
            packet[8 + i] = std::byte{host[i]};
        return packet;
    }

    std::atomic<std::int64_t> deadline = std::numeric_limits<std::int64_t>::max();
    tun::fence gate;
};

TEST_F(sending, from_a_guarded_address_ends_with_the_deadline_and_begins_again_with_a_new_one) {
    EXPECT_TRUE(gate.lets_through(from("10.9.9.9")));
    EXPECT_TRUE(gate.lets_through(from_v6("2001:db8::9")));
    deadline = 0;
    EXPECT_FALSE(gate.lets_through(from("10.9.9.9")));
    EXPECT_FALSE(gate.lets_through(from_v6("2001:db8::9")));
    deadline = std::numeric_limits<std::int64_t>::max();
    EXPECT_TRUE(gate.lets_through(from("10.9.9.9")));
}

TEST_F(sending, what_speaks_for_an_address_is_judged_by_it) {
    EXPECT_TRUE(gate.lets_through(addr("10.9.9.9")));
    deadline = 0;
    EXPECT_FALSE(gate.lets_through(addr("10.9.9.9")));
    EXPECT_FALSE(gate.lets_through(addr("2001:db8::9")));
    EXPECT_TRUE(gate.lets_through(addr("10.9.9.8")));
}

TEST_F(sending, from_other_addresses_goes_on) {
    deadline = 0;
    EXPECT_TRUE(gate.lets_through(from("10.9.9.8")));
    EXPECT_TRUE(gate.lets_through(from_v6("2001:db8::8")));
}

TEST_F(sending, what_is_no_packet_is_judged_like_a_guarded_one) {
    deadline = 0;
    auto const whole = from("10.9.9.8");
    EXPECT_FALSE(gate.lets_through(std::span(whole).first(19)));
    auto const v6 = from_v6("2001:db8::8");
    EXPECT_FALSE(gate.lets_through(std::span(v6).first(39)));
}

TEST_F(sending, is_free_without_guarded_addresses) {
    deadline = 0;
    tun::fence open;
    EXPECT_TRUE(open.lets_through(from("10.9.9.9")));
    gate.guard({}, deadline);
    EXPECT_TRUE(gate.lets_through(from("10.9.9.9")));
}

}  // namespace
}  // namespace stack
