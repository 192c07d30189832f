// The tables of the owner of a DVIPA.
#include "packet_builder.hpp"
#include "stack/dvipa/destination_table.hpp"
#include "stack/dvipa/hold_queue.hpp"
#include "stack/dvipa/routing_table.hpp"
#include "stack/shard/settings.hpp"

#include <gtest/gtest.h>

namespace stack::dvipa {
namespace {

using namespace stack::testing;

member_id const b{1, 1};
member_id const c{2, 1};

four_tuple tuple(std::uint32_t number) {
    return {
        at("10.9.9.9", 40000),
        {address::v4(0x0a000000 + number / 60000), static_cast<std::uint16_t>(1 + number % 60000)}};
}

TEST(routing_table, is_bounded) {
    routing_table table({1, 2});
    for (std::uint32_t i = 0; i < routing_table::most_rows; ++i)
        ASSERT_TRUE(table.confirm(tuple(i), b, false));
    EXPECT_FALSE(table.confirm(tuple(routing_table::most_rows), b, false));
    EXPECT_TRUE(table.confirm(tuple(5), c, false)) << "a row that is there may change";
    table.end(tuple(6), b);
    EXPECT_TRUE(table.confirm(tuple(routing_table::most_rows), b, false));
}

TEST(routing_table, a_confirmed_row_stays_and_stays_inbound) {
    routing_table table({1, 2});
    instant const start{};
    ASSERT_TRUE(table.distribute(tuple(1), b, start));
    ASSERT_TRUE(table.confirm(tuple(1), b, false));
    table.expire(start + routing_table::confirm_time,
                 [](four_tuple const&, connection_row const&) { FAIL(); });
    ASSERT_TRUE(table.find(tuple(1)));
    EXPECT_TRUE(table.find(tuple(1))->inbound);
    EXPECT_FALSE(table.next_deadline());
}

TEST(routing_table, rows_of_other_incarnations_of_a_member_stay) {
    routing_table table({1, 2});
    table.confirm(tuple(1), {1, 1}, false);
    table.confirm(tuple(2), {1, 2}, false);
    table.remove_holder({1, 1});
    EXPECT_FALSE(table.find(tuple(1)));
    EXPECT_TRUE(table.find(tuple(2)));
}

TEST(destination_table, a_listener_that_is_no_target_gets_nothing) {
    destination_table table;
    endpoint const service = at("10.9.9.9", 80);
    table.listening(service, c);
    distribution_settings rule;
    EXPECT_FALSE(table.pick(service, rule, {0, 1}, true));
    rule.targets.emplace_back().who = b;
    table.configure();
    EXPECT_FALSE(table.pick(service, rule, {0, 1}, false));
}

TEST(distribution, ports_of_a_list_come_before_every_port) {
    dvipa_settings d;
    EXPECT_EQ(d.distribution_of(80), nullptr);
    d.distributions.resize(2);
    d.distributions[1].first_port = 80;
    d.distributions[1].last_port = 443;
    EXPECT_EQ(d.distribution_of(81), &d.distributions[1]);
    EXPECT_EQ(d.distribution_of(444), &d.distributions[0]);
    EXPECT_TRUE(d.serves(443));
    EXPECT_FALSE(d.serves(79));
}

TEST(routing_table, rows_of_many_dvipas_are_told_apart_and_go_with_them) {
    routing_table table({1, 2});
    auto const of = [](std::uint8_t dvipa, std::uint16_t port) {
        return four_tuple{{address::v4(0x0a090900U + dvipa), 80}, {addr("192.0.2.1"), port}};
    };
    for (std::uint8_t d = 0; d < 200; ++d)
        EXPECT_TRUE(table.confirm(of(d, 1), {static_cast<std::uint16_t>(d % 64), d}, d % 2 == 0));
    table.keep_addresses([](address const& host) { return host != address::v4(0x0a090907); });
    EXPECT_FALSE(table.find(of(7, 1)));
    EXPECT_EQ(table.size(), 199U);
    EXPECT_TRUE(table.confirm(of(201, 2), {63, 0xfffffffe}, true)) << "has the number that is free";
    EXPECT_FALSE(table.find(of(7, 2)));
    auto const row = table.find(of(201, 2));
    ASSERT_TRUE(row);
    EXPECT_EQ(row->holder, (member_id{63, 0xfffffffe}));
    EXPECT_TRUE(row->inbound && row->confirmed);
    std::size_t seen = 0;
    table.each([&](four_tuple const& tuple, connection_row const& each) {
        EXPECT_EQ(table.find(tuple)->holder, each.holder);
        ++seen;
    });
    EXPECT_EQ(seen, 200U);
}

TEST(hold_queue, what_one_connection_waits_for_does_not_release_another) {
    hold_queue queue;
    bytes const packet = pattern(100);
    fragments view;
    view.push_back(packet);
    instant const now{};
    for (std::uint32_t i : {1U, 2U, 1U})
        ASSERT_EQ(queue.hold(tuple(i), {}, view, {}, false, now), hold_queue::outcome::held);
    int released = 0;
    queue.release(tuple(1), [&](held_segment const& s) {
        EXPECT_EQ(s.packet.bytes, packet);
        ++released;
    });
    EXPECT_EQ(released, 2);
    EXPECT_EQ(queue.size(), 1U);
    queue.remove_from({});
    EXPECT_EQ(queue.size(), 0U);
    EXPECT_FALSE(queue.next_deadline());
}

TEST(hold_queue, what_was_held_because_of_a_new_owner_comes_out_when_its_dvipa_is_settled) {
    hold_queue queue;
    bytes const packet = pattern(100);
    fragments view;
    view.push_back(packet);
    for (bool const settling : {true, false})
        ASSERT_EQ(queue.hold(tuple(1), {}, view, {}, settling, {}), hold_queue::outcome::held);
    int released = 0;
    auto const count = [&](held_segment const&) { ++released; };
    queue.release_settled([](address const&) { return false; }, count);
    EXPECT_EQ(released, 0);
    queue.release_settled([](address const&) { return true; }, count);
    EXPECT_EQ(released, 1);
    EXPECT_EQ(queue.size(), 1U);
}

}  // namespace
}  // namespace stack::dvipa
