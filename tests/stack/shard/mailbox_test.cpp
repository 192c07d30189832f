// Packets from shard to shard: in order, whole, bounded.
#include "packet_builder.hpp"
#include "stack/shard/exchange.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace stack {
namespace {

using namespace stack::testing;

TEST(mailbox, gives_packets_back_whole_and_in_order_round_the_ring) {
    mailbox box(1024);
    std::size_t posted = 0;
    std::size_t taken = 0;
    for (int round = 0; round < 1000; ++round) {
        while (box.post({3, static_cast<std::uint32_t>(posted)}, pattern(posted % 300),
                        {.gso_size = 9}))
            ++posted;
        box.drain(2, [&](member_id from, std::span<std::byte const> packet, offload const& meta) {
            EXPECT_EQ(from, (member_id{3, static_cast<std::uint32_t>(taken)}));
            EXPECT_EQ(bytes(packet.begin(), packet.end()), pattern(taken % 300));
            EXPECT_EQ(meta.gso_size, 9);
            ++taken;
        });
    }
    EXPECT_EQ(taken, 2000U);
    EXPECT_GT(posted, taken);
}

TEST(mailbox, refuses_what_does_not_fit_and_takes_it_when_there_is_room) {
    mailbox box(256);
    EXPECT_FALSE(box.post({}, pattern(257), {}));
    EXPECT_TRUE(box.post({}, pattern(180), {}));
    EXPECT_FALSE(box.post({}, pattern(180), {}));
    EXPECT_EQ(box.drain(10, [](auto&&...) {}), 1U);
    EXPECT_EQ(box.drain(10, [](auto&&...) {}), 0U);
    EXPECT_TRUE(box.post({}, pattern(20), {}));
}

TEST(mailbox, carries_packets_between_threads) {
    constexpr std::size_t packets = 50'000;
    mailbox box(4096);
    std::thread sender([&] {
        for (std::size_t i = 0; i < packets; ++i)
            while (!box.post({}, pattern(i % 700), {}))
                std::this_thread::yield();
    });
    std::size_t taken = 0;
    std::size_t altered = 0;
    while (taken < packets)
        if (box.drain(16, [&](member_id, std::span<std::byte const> packet, offload const&) {
                bool const same = bytes(packet.begin(), packet.end()) == pattern(taken % 700);
                altered += same ? 0 : 1;
                ++taken;
            }) == 0)
            std::this_thread::yield();
    sender.join();
    EXPECT_EQ(altered, 0U);
}

TEST(exchange, keeps_apart_who_posts_to_whom_and_counts_what_is_lost) {
    exchange between(3, 256);
    between.post(0, 2, {}, pattern(10), {});
    between.post(1, 2, {}, pattern(20), {});
    between.post(1, 0, {}, pattern(30), {});
    between.post(0, 1, {}, pattern(300), {});
    std::size_t sum = 0;
    auto const add = [&](member_id, std::span<std::byte const> packet, offload const&) {
        sum += packet.size();
    };
    EXPECT_TRUE(between.drain(2, 1, add)) << "as many as asked for: there may be more";
    EXPECT_EQ(sum, 30U);
    EXPECT_FALSE(between.drain(2, 1, add));
    EXPECT_FALSE(between.drain(1, 1, add));
    EXPECT_EQ(between.lost(1), 1U);
    EXPECT_EQ(between.lost(2), 0U);
}

}  // namespace
}  // namespace stack
