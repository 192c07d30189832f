// What users may ask of a connection: TCP_NODELAY, TCP_CORK, SO_KEEPALIVE, SO_LINGER and others.
#include "fixture.hpp"

namespace tcp_test {

class options : public tcp_fixture {
  protected:
    void set(connection_id id, connection_options const& wanted) {
        tcp->set_options(id, wanted, now);
        tcp->advance(now);
    }
};

TEST_F(options, of_a_connection_are_nothing_unless_set) {
    connection_id const id = established();
    EXPECT_EQ(tcp->options(id), connection_options{});
    EXPECT_EQ(tcp->occupied().kept_options, 0U);
    set(id, {.no_delay = true});
    EXPECT_TRUE(tcp->options(id).no_delay);
    EXPECT_EQ(tcp->occupied().kept_options, 1U);
    set(id, {});
    EXPECT_EQ(tcp->occupied().kept_options, 0U);
    set(id, {.keepalive = true});
    tcp->abort(id, now);
    forget();
    EXPECT_EQ(tcp->occupied().kept_options, 0U);
}

TEST_F(options, of_a_listener_are_those_of_its_connections) {
    auto const listener = tcp->listen(local, 4, 9, {.keepalive = true, .max_segment = 700});
    ASSERT_TRUE(listener);
    extras syn;
    syn.options.mss = 1000;
    send("S", 0, 0, {}, syn);
    EXPECT_EQ(recv("SA", 0, 1).options.mss, 700);
    send("A", 1, 1);
    EXPECT_EQ(told(), "acceptable");
    auto const id = tcp->accept(*listener);
    ASSERT_TRUE(id);
    EXPECT_TRUE(tcp->options(*id).keepalive);
    EXPECT_EQ(tcp->report(*id, now)->mss, 700);
    tcp->advance(now);
}

TEST_F(options, no_delay_lets_each_small_segment_go) {
    connection_id const id = established();
    write(id, "a");
    recv("A", 1, 1, "a");
    write(id, "b");
    recv_nothing();
    set(id, {.no_delay = true});
    recv("A", 2, 1, "b");
    write(id, "c");
    recv("A", 3, 1, "c");
    send("A", 1, 4);
}

TEST_F(options, nagle_can_be_off_for_all) {
    settings.nagle = false;
    tcp->configure(settings);
    connection_id const id = established();
    write(id, "a");
    recv("A", 1, 1, "a");
    write(id, "b");
    recv("A", 2, 1, "b");
    send("A", 1, 3);
}

TEST_F(options, a_cork_holds_what_is_less_than_a_segment) {
    connection_id const id = established();
    set(id, {.cork = true});
    write(id, std::string(600, 'x'));
    recv_nothing();
    write(id, std::string(600, 'x'));
    recv("A", 1, 1, std::string(1000, 'x'));
    set(id, {.no_delay = true});
    recv("A", 1001, 1, std::string(200, 'x'));
    send("A", 1, 1201);
}

TEST_F(options, a_cork_holds_for_200_ms_at_most) {
    connection_id const id = established();
    set(id, {.cork = true});
    write(id, "head");
    wait(199ms);
    recv_nothing();
    wait(1ms);
    recv("A", 1, 1, "head");
    send("A", 1, 5);
    write(id, "next");
    recv_nothing();
    wait(200ms);
    recv("A", 5, 1, "next");
    send("A", 1, 9);
    EXPECT_EQ(tcp->counters()[counter::window_probes], 0U);
}

TEST_F(options, a_fin_leaves_a_cork_at_once) {
    connection_id const id = established();
    set(id, {.cork = true});
    write(id, "end");
    shut(id);
    recv("FA", 1, 1, "end");
    send("A", 1, 5);
}

TEST_F(options, quick_ack_delays_no_acknowledgement) {
    connection_id const id = established();
    std::uint32_t at = 1;
    for (int i = 0; i < 16; ++i, ++at) {  // while the connection is young
        send("A", at, 1, "x");
        recv("A", 1, at + 1);
    }
    read(id);
    told();
    send("A", at, 1, "x");
    recv_nothing();
    set(id, {.quick_ack = true});
    recv("A", 1, ++at);
    send("A", at, 1, "x");
    recv("A", 1, ++at);
    told();
}

TEST_F(options, a_maximum_segment_is_offered_and_obeyed) {
    auto const id = tcp->connect({local, remote}, 7, {.max_segment = 800}, now);
    ASSERT_TRUE(id);
    tcp->advance(now);
    EXPECT_EQ(recv("S", 0, 0).options.mss, 800);
    extras peer;
    peer.options.mss = 1000;
    send("SA", 0, 1, {}, peer);
    recv("A", 1, 1);
    EXPECT_EQ(told(), "connected");
    EXPECT_EQ(tcp->report(*id, now)->mss, 800);
}

TEST_F(options, buffers_are_those_asked_for_within_the_bounds) {
    settings.max_receive_buffer = 200'000;
    settings.max_send_buffer = 300'000;
    tcp->configure(settings);
    auto const id =
        tcp->connect({local, remote}, 7, {.send_buffer = 5000, .receive_buffer = 1'000'000}, now);
    ASSERT_TRUE(id);
    tcp->advance(now);
    EXPECT_EQ(recv("S", 0, 0).options.window_scale, 2);
    extras peer;
    peer.options.window_scale = 0;
    send("SA", 0, 1, {}, peer);
    EXPECT_EQ(recv("A", 1, 1).window, 200'000 >> 2);
    EXPECT_EQ(told(), "connected");
    EXPECT_EQ(tcp->report(*id, now)->receive_buffer, 200'000U);
    EXPECT_EQ(tcp->report(*id, now)->send_buffer, 5000U);
    EXPECT_EQ(tcp->writable(*id).size(), 5000U);
}

TEST_F(options, lingering_for_no_time_resets_at_close) {
    connection_id const id = established();
    set(id, {.linger = duration::zero()});
    close(id);
    recv("RA", 1, 1);
    EXPECT_EQ(alive, 0);
}

TEST_F(options, what_is_not_acknowledged_while_lingering_is_reset) {
    connection_id const id = established();
    set(id, {.linger = 500ms});
    write(id, "last");
    recv("A", 1, 1, "last");
    close(id);
    recv("FA", 5, 1);
    wait(499ms);
    forget();
    EXPECT_EQ(alive, 1);
    wait(1ms);
    recv("RA", 6, 1);
    EXPECT_EQ(alive, 0);
}

TEST_F(options, a_close_in_order_outlives_the_linger) {
    connection_id const id = established();
    set(id, {.linger = 500ms});
    close(id);
    recv("FA", 1, 1);
    send("A", 1, 2);
    wait(1s);
    EXPECT_EQ(alive, 1);
    send("FA", 1, 2);
    recv("A", 2, 2);
    wait(settings.time_wait);
    EXPECT_EQ(alive, 0);
}

TEST_F(options, a_report_says_what_is_in_flight_and_unread) {
    connection_id const id = established();
    send("A", 1, 1, "unread");
    recv("A", 1, 7);
    EXPECT_EQ(told(), "readable");
    write(id, std::string(20'000, 'x'));
    forget();
    connection_report const r = *tcp->report(id, now);
    EXPECT_EQ(r.state, state::established);
    EXPECT_EQ(r.unread, 6U);
    EXPECT_EQ(r.unacked, 8000U);
    EXPECT_EQ(r.unsent, 12'000U);
    EXPECT_EQ(r.snd_wnd, 8192U);
    tcp->abort(id, now);
    forget();
    EXPECT_FALSE(tcp->report(id, now));
}

TEST_F(options, a_detail_counts_bytes_without_syn_and_fin) {
    connection_id const id = established();
    EXPECT_EQ(tcp->detail(id, now)->bytes_in, 0U);
    EXPECT_EQ(tcp->detail(id, now)->bytes_out, 0U);
    write(id, "four");
    tcp->shutdown_send(id, now);
    tcp->advance(now);
    forget();
    EXPECT_EQ(tcp->detail(id, now)->bytes_out, 4U);
    send("A", 1, 6);
    ASSERT_EQ(tcp->state_of(id), state::fin_wait_2);
    send("A", 1, 6, "eleven and more");
    EXPECT_EQ(told(), "readable");
    forget();
    connection_detail const d = *tcp->detail(id, now);
    EXPECT_EQ(d.bytes_in, 15U);
    EXPECT_EQ(d.bytes_out, 4U);
    EXPECT_EQ(d.iss, iss);
    EXPECT_EQ(d.irs, irs);
    EXPECT_EQ(d.rcv_nxt, irs + 16);
    EXPECT_EQ(d.snd_nxt, iss + 6);
    EXPECT_EQ(d.report.unread, 15U);
    tcp->abort(id, now);
    forget();
    EXPECT_FALSE(tcp->detail(id, now));
}

TEST_F(options, a_detail_says_what_was_agreed_and_set) {
    extras peer;
    peer.window = 8192;
    peer.options.mss = 1000;
    peer.options.sack_permitted = true;
    connection_id const id = established(peer);
    set(id, {.no_delay = true, .cork = true, .keepalive = true});
    connection_detail const d = *tcp->detail(id, now);
    EXPECT_TRUE(d.sack && d.cork && d.keepalive);
    EXPECT_FALSE(d.timestamps || d.ecn || d.nagle);
    connection_id listed;
    tcp->each([&](entry const& each) { listed = each.id; });
    EXPECT_EQ(listed, id);
}

}  // namespace tcp_test
