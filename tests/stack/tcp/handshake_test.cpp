// Opening: RFC 9293 3.5 and 3.10.7.1 to 3.10.7.3.
#include "fixture.hpp"

namespace tcp_test {

using handshake = tcp_fixture;

TEST_F(handshake, an_active_open_sends_syn_with_mss_and_window_scale) {
    auto const id = tcp->connect({local, remote}, 7, now);
    ASSERT_TRUE(id);
    tcp->advance(now);
    sent const syn = recv("S", 0, 0);
    EXPECT_EQ(syn.options.mss, 1460);
    EXPECT_EQ(syn.options.window_scale, 0);
    EXPECT_EQ(syn.window, 60'000);
    EXPECT_EQ(tcp->state_of(*id), state::syn_sent);
}

TEST_F(handshake, a_syn_ack_establishes_an_active_open) {
    connection_id const id = syn_sent();
    send("SA", 0, 1);
    recv("A", 1, 1);
    EXPECT_EQ(told(), "connected");
    EXPECT_EQ(tcp->state_of(id), state::established);
}

TEST_F(handshake, text_that_comes_with_the_syn_ack_is_taken) {
    connection_id const id = syn_sent();
    send("SA", 0, 1, "hi");
    recv("A", 1, 3);
    EXPECT_EQ(told(), "connected readable");
    EXPECT_EQ(read(id), "hi");
}

TEST_F(handshake, a_passive_open_is_acceptable_after_the_third_segment) {
    connection_id const id = passively_established();
    EXPECT_EQ(tcp->state_of(id), state::established);
    EXPECT_EQ(alive, 1);
}

TEST_F(handshake, simultaneous_open_reaches_established) {
    connection_id const id = syn_sent();
    send("S", 0, 0);
    recv("SA", 0, 1);
    EXPECT_EQ(tcp->state_of(id), state::syn_received);
    send("SA", 0, 1);
    recv("A", 1, 1);
    send("A", 1, 1);
    EXPECT_EQ(told(), "connected");
    EXPECT_EQ(tcp->state_of(id), state::established);
}

TEST_F(handshake, an_unacceptable_ack_in_syn_sent_is_reset_and_the_syn_repeated_once) {
    syn_sent();
    send("A", 500, 300);
    recv("R", 300, 0);
    recv("S", 0, 0);
    send("A", 500, 300);
    recv("R", 300, 0);
}

TEST_F(handshake, a_reset_that_acknowledges_the_syn_refuses_the_connection) {
    connection_id const id = syn_sent();
    send("RA", 0, 1);
    EXPECT_EQ(told(), "failed: Connection refused");
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(tcp->state_of(id), state::closed);
    close(id);
    EXPECT_EQ(tcp->occupied().connections, 0U);
}

TEST_F(handshake, a_reset_without_ack_in_syn_sent_is_dropped) {
    connection_id const id = syn_sent();
    send("R", 0, 0);
    EXPECT_EQ(tcp->state_of(id), state::syn_sent);
}

TEST_F(handshake, a_segment_for_nothing_is_reset) {
    send("S", 5, 0);
    recv("RA", 0, 6);
    iss = 100;
    send("A", 5, 200, "data");
    recv("R", 200, 0);
    send("R", 5, 0);
}

TEST_F(handshake, a_listener_resets_an_ack_and_ignores_a_reset) {
    listening();
    send("A", 5, 200);
    recv("R", 200, 0);
    send("R", 5, 0);
    send("F", 5, 0);
}

TEST_F(handshake, a_repeated_syn_gets_the_same_syn_ack) {
    listening();
    send("S", 0, 0);
    recv("SA", 0, 1);
    std::uint32_t const first = iss;
    send("S", 0, 0);
    recv("SA", 0, 1);
    EXPECT_EQ(iss, first);
}

TEST_F(handshake, an_unacknowledged_syn_ack_is_repeated_and_then_given_up) {
    listening();
    send("S", 0, 0);
    recv("SA", 0, 1);
    for (int i = 0; i < 5; ++i) {
        wait((1 << i) * 1s);
        recv("SA", 0, 1);
    }
    wait(32s);
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(tcp->occupied().half_open, 0U);
    EXPECT_EQ(tcp->occupied().timers, 0U);
    EXPECT_EQ(tcp->served(local).failed, 1U);
    EXPECT_EQ(tcp->served(local).established, 0U);
}

TEST_F(handshake, a_full_backlog_lets_the_handshake_wait) {
    listener_id const listener = listening(1);
    send("S", 0, 0);
    recv("SA", 0, 1);
    send("A", 1, 1);
    EXPECT_EQ(told(), "acceptable");
    remote.port = 81;
    send("S", 0, 0);
    EXPECT_EQ(tcp->counters()[counter::drop_backlog_full], 1U);
    EXPECT_EQ(tcp->served(local).refused, 1U);
    ASSERT_TRUE(tcp->accept(listener));
    send("S", 0, 0);
    recv("SA", 0, 1);
    send("A", 1, 1);
    EXPECT_EQ(told(), "acceptable");
}

TEST_F(handshake, closing_a_listener_resets_what_waits) {
    listener_id const listener = listening(4);
    send("S", 0, 0);
    recv("SA", 0, 1);
    send("A", 1, 1);
    EXPECT_EQ(told(), "acceptable");
    tcp->close(listener, now);
    recv("RA", 1, 1);
    EXPECT_EQ(alive, 0);
    EXPECT_EQ(tcp->occupied().connections, 0U);
    EXPECT_FALSE(tcp->listens(local));
}

TEST_F(handshake, data_before_accept_is_readable_after_it) {
    listener_id const listener = listening();
    send("S", 0, 0);
    recv("SA", 0, 1);
    send("A", 1, 1, "early");
    recv("A", 1, 6);
    EXPECT_EQ(told(), "acceptable");
    auto const id = tcp->accept(listener);
    tcp->advance(now);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(*id), "early");
}

TEST_F(handshake, a_listener_with_the_exact_host_goes_before_one_of_any_host) {
    ASSERT_TRUE(tcp->listen(stack::endpoint{address::any_v4(), local.port}, 1, 100));
    ASSERT_TRUE(tcp->listen(local, 1, 200));
    EXPECT_FALSE(tcp->listen(local, 1, 300));
    send("S", 0, 0);
    recv("SA", 0, 1);
    tcp->each([](entry const& e) {
        if (e.state != state::syn_received) return;
        EXPECT_EQ(e.tag, 200U);
    });
}

TEST_F(handshake, a_living_four_tuple_cannot_be_connected_again) {
    syn_sent();
    auto const again = tcp->connect({local, remote}, 7, now);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error(), boost::system::errc::address_in_use);
}

TEST_F(handshake, connecting_gives_up_after_the_connect_timeout) {
    syn_sent();
    wait(75s);
    forget();
    EXPECT_EQ(told(), "failed: Connection timed out");
    EXPECT_EQ(alive, 0);
}

TEST_F(handshake, a_syn_is_repeated_after_1_2_and_4_seconds) {
    syn_sent();
    for (auto const pause : {1s, 2s, 4s}) {
        wait(pause - 1ms);
        recv_nothing();
        wait(1ms);
        recv("S", 0, 0);
    }
}

}  // namespace tcp_test
