// Resets, SYNs and acknowledgements that do not belong: RFC 9293 3.10.7.4, RFC 5961.
#include "fixture.hpp"

namespace tcp_test {

using reset = tcp_fixture;

TEST_F(reset, an_exact_reset_ends_the_connection) {
    connection_id const id = established();
    send("R", 1, 0);
    EXPECT_EQ(told(), "failed: Connection reset by peer");
    EXPECT_EQ(alive, 0);
    close(id);
}

TEST_F(reset, a_reset_elsewhere_in_the_window_is_challenged) {
    connection_id const id = established();
    send("R", 2, 0);
    recv("A", 1, 1);
    EXPECT_EQ(tcp->state_of(id), state::established);
}

TEST_F(reset, a_reset_outside_the_window_is_dropped) {
    connection_id const id = established();
    send("R", 0, 0);
    send("R", 70'000, 0);
    EXPECT_EQ(tcp->state_of(id), state::established);
}

TEST_F(reset, challenges_are_limited) {
    established();
    send("R", 2, 0);
    recv("A", 1, 1);
    send("R", 3, 0);
    recv_nothing();
    EXPECT_EQ(tcp->counters()[counter::challenge_acks_limited], 1U);
    wait(200ms);
    send("R", 3, 0);
    recv("A", 1, 1);
}

TEST_F(reset, a_syn_on_an_established_connection_is_challenged) {
    connection_id const id = established();
    send("S", 1000, 0);
    recv("A", 1, 1);
    EXPECT_EQ(tcp->state_of(id), state::established);
}

TEST_F(reset, an_ack_of_what_was_never_sent_is_challenged) {
    established();
    send("A", 1, 2);
    recv("A", 1, 1);
    EXPECT_EQ(tcp->counters()[counter::drop_bad_ack], 1U);
}

TEST_F(reset, an_ack_from_the_distant_past_is_challenged) {
    established();
    send("A", 1, 1U - 8193U);
    recv("A", 1, 1);
}

TEST_F(reset, text_outside_the_window_is_acknowledged_and_dropped) {
    connection_id const id = established();
    send("A", 70'000, 1, "far");
    recv("A", 1, 1);
    EXPECT_TRUE(tcp->readable(id).empty());
}

TEST_F(reset, a_segment_without_ack_is_dropped) {
    connection_id const id = established();
    send("", 1, 0, "text");
    EXPECT_TRUE(tcp->readable(id).empty());
    EXPECT_EQ(tcp->counters()[counter::drop_no_ack], 1U);
}

TEST_F(reset, abort_resets_the_peer) {
    connection_id const id = established();
    tcp->abort(id, now);
    recv("RA", 1, 1);
    EXPECT_EQ(alive, 0);
    EXPECT_FALSE(tcp->tuple(id));
}

TEST_F(reset, an_exact_reset_returns_a_half_open_connection_to_listen) {
    listening();
    send("S", 0, 0);
    recv("SA", 0, 1);
    send("R", 1, 0);
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(tcp->occupied().half_open, 0U);
}

TEST_F(reset, a_wrong_ack_of_a_syn_ack_is_reset) {
    listening();
    send("S", 0, 0);
    recv("SA", 0, 1);
    send("A", 1, 77);
    recv("R", 77, 0);
    EXPECT_EQ(tcp->occupied().half_open, 1U);
}

TEST_F(reset, a_reset_of_a_connection_in_the_backlog_removes_it) {
    listener_id const listener = listening();
    send("S", 0, 0);
    recv("SA", 0, 1);
    send("A", 1, 1);
    EXPECT_EQ(told(), "acceptable");
    send("R", 1, 0);
    EXPECT_FALSE(tcp->accept(listener));
    EXPECT_EQ(tcp->occupied().connections, 0U);
}

TEST_F(reset, port_unreachable_refuses_only_a_connection_being_opened) {
    syn_sent();
    tcp->unreachable({local, remote}, iss + 5, unreachable_kind::port, now);
    EXPECT_EQ(told(), "");
    tcp->unreachable({local, remote}, iss, unreachable_kind::port, now);
    EXPECT_EQ(told(), "failed: Connection refused");
}

TEST_F(reset, port_unreachable_does_not_end_an_established_connection) {
    connection_id const id = established();
    write(id, "x");
    recv("A", 1, 1, "x");
    tcp->unreachable({local, remote}, iss + 1, unreachable_kind::port, now);
    EXPECT_EQ(tcp->state_of(id), state::established);
}

}  // namespace tcp_test
