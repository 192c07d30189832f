// The way back: packets for a DVIPA reach the stack that has the connection.
#include "routing.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
using notice = connection_notice;
namespace errc = boost::system::errc;

TEST_F(routing, connections_go_in_turn_to_the_targets_that_listen) {
    std::array<socket_id, 3> servers{
        listen(0, at("0.0.0.0", 8080)), listen(1, at("10.9.9.9", 8080)), {}};
    for (int i = 0; i < 6; ++i)
        n(3).it.connect(n(3).open(), at("10.9.9.9", 8080), lab_.now);
    lab_.settle();
    for (std::size_t i : {0U, 1U}) {
        int accepted = 0;
        while (n(static_cast<int>(i)).it.accept(servers[i], 0))
            ++accepted;
        EXPECT_EQ(accepted, 3) << i;
    }
    std::vector<destination_row> rows;
    n(0).it.each_destination([&](destination_row const& row) { rows.push_back(row); });
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].total_connections, 3U);
    EXPECT_EQ(rows[1].listeners, 1U);
    EXPECT_EQ(rows[2].listeners, 0U);
    int inbound = 0;
    n(0).it.each_route([&](routing_row const& row) { inbound += row.inbound ? 1 : 0; });
    EXPECT_EQ(inbound, 6);
}

TEST_F(routing, a_distributed_connection_carries_data_and_its_row_ends_with_it) {
    auto const server = listen(2, at("10.9.9.9", 8080));
    auto const client = n(3).open();
    n(3).it.connect(client, at("10.9.9.9", 8080), lab_.now);
    lab_.settle();
    ASSERT_FALSE(n(3).expect(kind::connected, client).error);
    auto const taken = n(2).it.accept(server, 0).value();
    auto const room = n(3).it.writable(client);
    room[0] = std::byte{'x'};
    n(3).it.produced(client, 1, lab_.now);
    lab_.settle();
    EXPECT_EQ(n(2).it.readable(taken).bytes(), 1U);
    n(2).it.abort(taken, lab_.now);
    lab_.settle();
    int rows = 0;
    n(0).it.each_route([&](routing_row const&) { ++rows; });
    EXPECT_EQ(rows, 0);
}

TEST_F(routing, a_syn_to_a_distributed_port_without_target_is_reset) {
    auto const client = n(3).open();
    n(3).it.connect(client, at("10.9.9.9", 8080), lab_.now);
    lab_.settle();
    EXPECT_EQ(n(3).expect(kind::connected, client).error,
              errc::make_error_code(errc::connection_refused));
    EXPECT_EQ(n(0).counter("drop.no_target"), 1U);
}

TEST_F(routing, a_target_that_stops_listening_gets_no_more) {
    auto const server = listen(1, at("10.9.9.9", 8080));
    n(1).it.close(server, lab_.now);
    lab_.settle();
    auto const client = n(3).open();
    n(3).it.connect(client, at("10.9.9.9", 8080), lab_.now);
    lab_.settle();
    EXPECT_TRUE(n(3).expect(kind::connected, client).error);
    EXPECT_EQ(n(0).counter("dvipa.connections_distributed"), 0U);
}

TEST_F(routing, forwarded_packets_are_unchanged_byte_for_byte) {
    n(0).it.notice(n(1).id(), {notice::kind::opened, tuple(40000)}, lab_.now);
    auto packet = tcp_packet({at("10.0.0.4", 7), {d, 40000}, ack | psh, 5, 6, pattern(5000)});
    unfinish(packet);
    offload const meta{offload::segmentation::tcp4, 1000, true, 20, 16};
    n(0).it.receive(1, packet, meta, lab_.now);
    ASSERT_EQ(n(0).sent.size(), 1U);
    EXPECT_EQ(n(0).sent[0].to, n(1).id());
    EXPECT_EQ(n(0).sent[0].data, packet);
    EXPECT_EQ(n(0).sent[0].meta, meta);
}

// X23.
TEST_F(routing, segments_wait_for_a_late_notice_and_leave_in_order) {
    for (std::uint32_t i = 0; i < 3; ++i)
        n(0).it.receive(1, segment(40000, syn | ack, i), {}, lab_.now);
    lab_.now += std::chrono::milliseconds(199);
    n(0).it.advance(lab_.now);
    EXPECT_TRUE(n(0).sent.empty());
    n(0).it.notice(n(2).id(), {notice::kind::opened, tuple(40000)}, lab_.now);
    ASSERT_EQ(n(0).sent.size(), 3U);
    for (std::uint32_t i = 0; i < 3; ++i) {
        EXPECT_EQ(n(0).sent[i].to, n(2).id());
        EXPECT_EQ(n(0).sent[i].data, segment(40000, syn | ack, i));
    }
    EXPECT_EQ(n(0).counter("hold.released"), 3U);
}

TEST_F(routing, a_held_segment_is_reset_when_its_time_is_up) {
    n(0).it.receive(1, segment(40000, syn | ack), {}, lab_.now);
    auto const deadline = n(0).it.next_deadline();
    ASSERT_TRUE(deadline);
    EXPECT_EQ(*deadline, lab_.now + std::chrono::milliseconds(200));
    n(0).it.advance(*deadline);
    ASSERT_EQ(n(0).sent.size(), 1U);
    EXPECT_EQ(n(0).sent[0].to, member_id{});
    EXPECT_NE(std::to_integer<unsigned>(n(0).sent[0].data[33]) & rst, 0U);
    EXPECT_EQ(n(0).counter("hold.expired"), 1U);
}

TEST_F(routing, a_hold_queue_is_bounded_in_all_and_per_connection) {
    for (int i = 0; i < 6; ++i)
        n(0).it.receive(1, segment(40000, ack), {}, lab_.now);
    EXPECT_EQ(n(0).counter("hold.queued"), 4U);
    EXPECT_EQ(n(0).counter("drop.hold_tuple_full"), 2U);
    for (unsigned i = 0; i < 300; ++i)
        n(0).it.receive(1, segment(static_cast<std::uint16_t>(50000 + i), ack), {}, lab_.now);
    EXPECT_EQ(n(0).counter("hold.queued"), 256U);
    EXPECT_EQ(n(0).counter("drop.hold_full"), 48U);
}

TEST_F(routing, a_segment_of_a_port_with_one_holder_is_forwarded_without_a_row) {
    lab_.shared.held[{d, 40000}] = {2};
    n(0).it.receive(1, segment(40000, ack), {}, lab_.now);
    ASSERT_EQ(n(0).sent.size(), 1U);
    EXPECT_EQ(n(0).sent[0].to, n(2).id());
    int rows = 0;
    n(0).it.each_route([&](routing_row const&) { ++rows; });
    EXPECT_EQ(rows, 0);
}

TEST_F(routing, a_segment_of_a_port_with_several_holders_waits_for_the_notice) {
    lab_.shared.held[{d, 40000}] = {1, 2};
    n(0).it.receive(1, segment(40000, ack), {}, lab_.now);
    n(0).it.receive(1, segment(40000, syn), {}, lab_.now);
    EXPECT_TRUE(n(0).sent.empty());
    EXPECT_EQ(n(0).counter("hold.queued"), 2U);
}

TEST_F(routing, a_syn_to_a_port_nobody_holds_is_reset_at_once) {
    n(0).it.receive(1, segment(40000, syn), {}, lab_.now);
    n(0).it.advance(lab_.now);
    ASSERT_EQ(n(0).sent.size(), 1U);
    EXPECT_NE(std::to_integer<unsigned>(n(0).sent[0].data[33]) & rst, 0U);
}

TEST_F(routing, the_end_told_by_an_earlier_holder_does_not_end_the_row_of_the_next) {
    n(0).it.notice(n(1).id(), {notice::kind::opened, tuple(40000)}, lab_.now);
    n(0).it.notice(n(2).id(), {notice::kind::opened, tuple(40000)}, lab_.now);
    n(0).it.notice(n(1).id(), {notice::kind::ended, tuple(40000)}, lab_.now);
    n(0).it.receive(1, segment(40000, ack), {}, lab_.now);
    ASSERT_EQ(n(0).sent.size(), 1U);
    EXPECT_EQ(n(0).sent[0].to, n(2).id());
}

TEST_F(routing, with_a_member_go_its_rows_and_destinations) {
    listen(1, at("10.9.9.9", 8080));
    n(0).it.notice(n(1).id(), {notice::kind::opened, tuple(40000)}, lab_.now);
    n(0).it.member_gone(n(1).id(), lab_.now);
    int rows = 0;
    n(0).it.each_route([&](routing_row const&) { ++rows; });
    EXPECT_EQ(rows, 0);
    n(0).it.each_destination([&](destination_row const& row) { EXPECT_EQ(row.listeners, 0U); });
}

TEST_F(routing, a_new_owner_is_told_everything_it_asks_for) {
    auto const server = listen(3, at("0.0.0.0", 7));
    listen(1, at("0.0.0.0", 9000));
    n(1).it.connect(n(1).open(), at("10.0.0.4", 7), lab_.now);
    lab_.settle();
    ASSERT_TRUE(n(3).it.accept(server, 0));
    n(1).notices.clear();
    n(1).it.announce_all(n(0).id());
    ASSERT_EQ(n(1).notices.size(), 2U);
    EXPECT_EQ(n(1).notices[0].what, notice::kind::listening);
    EXPECT_EQ(n(1).notices[0].tuple.local, at("10.9.9.9", 9000));
    EXPECT_EQ(n(1).notices[1].what, notice::kind::opened);
    n(1).notices.clear();
    n(1).it.announce_all(n(2).id());
    EXPECT_TRUE(n(1).notices.empty());
}

TEST_F(routing, a_targets_own_connect_to_the_service_passes_the_distributor) {
    auto const server = listen(1, at("10.9.9.9", 8080));
    auto const client = n(1).open();
    n(1).it.connect(client, at("10.9.9.9", 8080), lab_.now);
    lab_.settle();
    ASSERT_FALSE(n(1).expect(kind::connected, client).error);
    EXPECT_TRUE(n(1).it.accept(server, 0));
    EXPECT_EQ(n(0).counter("dvipa.connections_distributed"), 1U);
}

TEST_F(routing, the_owners_own_connect_reaches_the_target_that_listens) {
    auto const server = listen(2, at("10.9.9.9", 8080));
    auto const client = n(0).open();
    n(0).it.connect(client, at("10.9.9.9", 8080), lab_.now);
    lab_.settle();
    ASSERT_FALSE(n(0).expect(kind::connected, client).error);
    EXPECT_TRUE(n(2).it.accept(server, 0));
}

TEST_F(routing, an_icmp_error_follows_the_connection_it_is_about) {
    n(0).it.notice(n(1).id(), {notice::kind::opened, tuple(40000)}, lab_.now);
    auto const quoted = tcp_packet({{d, 40000}, at("10.0.0.4", 7), ack, 1, 1, {}});
    auto const error = icmp(addr("10.0.0.77"), d, 3, 4, 1400, quoted);
    n(0).it.receive(1, error, {}, lab_.now);
    ASSERT_EQ(n(0).sent.size(), 1U);
    EXPECT_EQ(n(0).sent[0].to, n(1).id());
    EXPECT_EQ(n(0).sent[0].data, error);
}

TEST_F(routing, a_connection_never_heard_of_loses_its_row) {
    n(1).carry_notices = false;
    n(0).it.notice(n(1).id(), {notice::kind::listening, {{d, 8080}, {}}}, lab_.now);
    n(0).it.receive(1, segment(8080, syn), {}, lab_.now);
    int rows = 0;
    n(0).it.each_route([&](routing_row const&) { ++rows; });
    EXPECT_EQ(rows, 1);
    lab_.now += std::chrono::seconds(10);
    n(0).it.advance(lab_.now);
    rows = 0;
    n(0).it.each_route([&](routing_row const&) { ++rows; });
    EXPECT_EQ(rows, 0);
}

TEST_F(routing, a_packet_that_reaches_a_target_by_a_device_goes_to_the_owner) {
    n(1).it.receive(1, segment(40000, ack), {}, lab_.now);
    ASSERT_EQ(n(1).sent.size(), 1U);
    EXPECT_EQ(n(1).sent[0].to, n(0).id());
}

TEST_F(routing, a_forwarded_packet_with_bad_metadata_or_another_destination_is_dropped) {
    n(1).it.receive_forwarded(n(0).id(), segment(40000, ack),
                              {offload::segmentation::tcp4, 0, true, 20, 16}, lab_.now);
    n(1).it.receive_forwarded(n(0).id(), tcp_packet({at("10.0.0.4", 7), at("10.0.0.2", 1), syn}),
                              {}, lab_.now);
    n(1).it.advance(lab_.now);
    EXPECT_EQ(n(1).counter("drop.bad_offload"), 1U);
    EXPECT_EQ(n(1).counter("drop.martian_destination"), 1U);
    EXPECT_TRUE(n(1).sent.empty());
}

// X32.
TEST_F(routing, a_port_reused_towards_a_half_open_peer_connects) {
    auto const server = listen(3, at("0.0.0.0", 7));
    n(1).config.tcp.first_ephemeral = n(1).config.tcp.last_ephemeral = 40000;
    n(2).config.tcp = n(1).config.tcp;
    n(1).configure();
    n(2).configure();
    n(1).it.connect(n(1).open(), at("10.0.0.4", 7), lab_.now);
    lab_.settle();
    ASSERT_TRUE(n(3).it.accept(server, 0));
    // Node 1 dies: its port is recovered, its connection stays at the partner.
    n(1).carry_packets = n(1).carry_notices = false;
    lab_.shared.held.clear();
    n(0).it.member_gone(n(1).id(), lab_.now);
    auto const s = n(2).open();
    n(2).it.connect(s, at("10.0.0.4", 7), lab_.now);
    lab_.run(std::chrono::seconds(5));
    EXPECT_FALSE(n(2).expect(kind::connected, s).error);
    EXPECT_TRUE(n(3).it.accept(server, 0));
}

}  // namespace
}  // namespace stack
