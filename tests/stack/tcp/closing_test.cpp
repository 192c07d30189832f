// Closing: RFC 9293 3.6 and 3.10.4, RFC 2525 2.17.
#include "fixture.hpp"

namespace tcp_test {

using closing = tcp_fixture;

TEST_F(closing, the_side_that_closes_first_rests_in_time_wait) {
    time_wait();
    EXPECT_EQ(tcp->occupied().connections, 0U);
    EXPECT_EQ(tcp->occupied().time_wait, 1U);
    EXPECT_EQ(alive, 1);
    wait(60s);
    EXPECT_EQ(tcp->occupied().time_wait, 0U);
    EXPECT_EQ(alive, 0);
}

TEST_F(closing, the_side_that_closes_second_is_gone_with_the_last_ack) {
    connection_id const id = close_wait();
    shut(id);
    recv("FA", 1, 2);
    EXPECT_EQ(tcp->state_of(id), state::last_ack);
    send("A", 2, 2);
    EXPECT_EQ(told(), "finished");
    EXPECT_EQ(alive, 0);
    close(id);
    EXPECT_EQ(tcp->occupied().connections, 0U);
}

TEST_F(closing, an_answer_within_the_burst_carries_the_acknowledgement) {
    connection_id const id = established();
    put("FA", 1, 1, "last");
    tcp->announce();
    tcp->announce();
    EXPECT_EQ(told(), "readable");
    tcp->consume(id, 4, now);
    tcp->shutdown_send(id, now);
    tcp->advance(now);
    recv("FA", 1, 6);
    recv_nothing();
    EXPECT_EQ(told(), "");
    close(id);
}

TEST_F(closing, simultaneous_close_goes_through_closing) {
    connection_id const id = fin_wait_1();
    send("FA", 1, 1);
    recv("A", 2, 2);
    EXPECT_EQ(tcp->state_of(id), state::closing);
    send("A", 2, 2);
    EXPECT_EQ(tcp->state_of(id), state::time_wait);
    EXPECT_EQ(told(), "readable finished");
}

TEST_F(closing, a_half_closed_connection_still_receives) {
    connection_id const id = fin_wait_2();
    send("A", 1, 2, "more");
    recv("A", 2, 5);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), "more");
}

TEST_F(closing, a_half_closed_connection_still_sends) {
    connection_id const id = close_wait();
    write(id, "reply");
    recv("A", 1, 2, "reply");
    send("A", 2, 6);
}

TEST_F(closing, finished_waits_until_the_user_has_read_everything) {
    connection_id const id = fin_wait_2();
    send("FA", 1, 2, "last");
    recv("A", 2, 6);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), "last");
    EXPECT_TRUE(tcp->at_end(id));
    EXPECT_EQ(told(), "finished");
}

TEST_F(closing, closing_with_unread_data_resets) {
    connection_id const id = established();
    send("A", 1, 1, "unread");
    recv("A", 1, 7);
    EXPECT_EQ(told(), "readable");
    close(id);
    recv("RA", 1, 7);
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(tcp->occupied().chunks, 0U);
}

TEST_F(closing, data_for_an_orphan_is_answered_by_a_reset) {
    connection_id const id = established();
    close(id);
    recv("FA", 1, 1);
    send("A", 1, 2, "too late");
    recv("RA", 2, 1);
    EXPECT_EQ(alive, 0);
}

TEST_F(closing, an_orphan_sends_what_was_queued_and_then_its_fin) {
    connection_id const id = established();
    write(id, std::string(8192, 'x'));
    tcp->produced(id, 0, now);
    auto const room = tcp->writable(id);
    room[0] = std::byte{'y'};
    tcp->produced(id, 1, now);
    forget();
    close(id);
    send("A", 1, 8193);
    recv("FA", 8193, 1, "y");
    send("A", 1, 8195);
    EXPECT_EQ(alive, 1);
    send("FA", 1, 8195);
    recv("A", 8195, 2);
    EXPECT_EQ(tcp->occupied().connections, 0U);
}

TEST_F(closing, an_orphan_does_not_wait_for_ever_in_fin_wait_2) {
    connection_id const id = fin_wait_2();
    close(id);
    wait(600s);
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(tcp->occupied().timers, 0U);
}

TEST_F(closing, a_user_may_wait_for_ever_in_fin_wait_2) {
    connection_id const id = fin_wait_2();
    wait(6000s);
    EXPECT_EQ(tcp->state_of(id), state::fin_wait_2);
}

TEST_F(closing, a_repeated_fin_is_acknowledged_and_restarts_time_wait) {
    time_wait();
    wait(59s);
    send("FA", 1, 2);
    recv("A", 2, 2);
    wait(59s);
    EXPECT_EQ(tcp->occupied().time_wait, 1U);
    wait(1s);
    EXPECT_EQ(tcp->occupied().time_wait, 0U);
}

TEST_F(closing, a_later_syn_may_use_a_four_tuple_in_time_wait) {
    listening();
    time_wait();
    std::uint32_t const old_end = iss + 2;
    send("S", 2, 0);
    sent_.pop_front();
    EXPECT_EQ(iss - old_end, 65537U);
    EXPECT_EQ(tcp->counters()[counter::time_wait_reused], 1U);
    EXPECT_EQ(alive, 1);
}

TEST_F(closing, an_old_syn_may_not) {
    listening();
    time_wait();
    send("S", 1, 0);
    recv("A", 2, 2);
    EXPECT_EQ(tcp->occupied().time_wait, 1U);
}

TEST_F(closing, only_an_exact_reset_ends_time_wait) {
    time_wait();
    send("R", 3, 0);
    EXPECT_EQ(alive, 1);
    send("R", 2, 0);
    EXPECT_EQ(alive, 0);
}

TEST_F(closing, a_fin_ahead_of_a_hole_counts_once_the_hole_is_filled) {
    connection_id const id = established();
    send("FA", 4, 1, "def");
    recv("A", 1, 1);
    EXPECT_EQ(tcp->state_of(id), state::established);
    send("A", 1, 1, "abc");
    recv("A", 1, 8);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), "abcdef");
    EXPECT_TRUE(tcp->at_end(id));
    EXPECT_EQ(tcp->state_of(id), state::close_wait);
}

TEST_F(closing, a_lost_fin_is_sent_again_with_its_data) {
    connection_id const id = established();
    write(id, "abc");
    recv("A", 1, 1, "abc");
    shut(id);
    recv("FA", 4, 1);
    wait(200ms);
    recv("FA", 1, 1, "abc");
    send("A", 1, 5);
    EXPECT_EQ(tcp->state_of(id), state::fin_wait_2);
}

TEST_F(closing, shutting_before_the_handshake_is_over_sends_the_fin_after_it) {
    connection_id const id = syn_sent();
    write(id, "early");
    shut(id);
    send("SA", 0, 1);
    recv("FA", 1, 1, "early");
    EXPECT_EQ(told(), "connected");
    EXPECT_EQ(tcp->state_of(id), state::fin_wait_1);
}

}  // namespace tcp_test
