// Silence: keep-alives (RFC 9293 3.8.4) and the user's timeout (RFC 5482).
#include "fixture.hpp"

namespace tcp_test {

class keepalive : public tcp_fixture {
  protected:
    connection_id established_with(connection_options const& wanted) {
        connection_id const id = established();
        tcp->set_options(id, wanted, now);
        tcp->advance(now);
        return id;
    }
    static connection_options probing() {
        return {.keepalive = true,
                .keepalive_probes = 3,
                .keepalive_idle = 10s,
                .keepalive_interval = 2s};
    }
};

TEST_F(keepalive, is_off_unless_asked_for) {
    established();
    wait(24h);
    recv_nothing();
}

TEST_F(keepalive, probes_a_silent_peer_with_the_number_before_the_next) {
    established_with(probing());
    wait(9999ms);
    recv_nothing();
    wait(1ms);
    recv("A", 0, 1);
    send("A", 1, 1);
    wait(9999ms);
    recv_nothing();
    wait(1ms);
    recv("A", 0, 1);
    send("A", 1, 1);
    EXPECT_EQ(tcp->counters()[counter::keepalives], 2U);
}

TEST_F(keepalive, ends_a_connection_whose_peer_answers_none) {
    connection_id const id = established_with(probing());
    wait(15s);
    for (int i = 0; i < 3; ++i)
        recv("A", 0, 1);
    EXPECT_EQ(told(), "");
    wait(1s);
    recv("RA", 1, 1);
    EXPECT_EQ(told(), "failed: Connection timed out");
    close(id);
    EXPECT_EQ(tcp->occupied().timers, 0U);
}

TEST_F(keepalive, begins_again_when_anything_is_heard) {
    connection_id const id = established_with(probing());
    wait(14s);
    for (int i = 0; i < 3; ++i)
        recv("A", 0, 1);
    send("A", 1, 1, "hello");
    recv("A", 1, 6);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), "hello");
    wait(9999ms);
    recv_nothing();
    wait(1ms);
    recv("A", 0, 6);
}

TEST_F(keepalive, has_the_times_of_the_settings) {
    settings.keepalive_idle = 60s;
    settings.keepalive_interval = 5s;
    settings.keepalive_probes = 1;
    tcp->configure(settings);
    established_with({.keepalive = true});
    wait(60s);
    recv("A", 0, 1);
    wait(5s);
    recv("RA", 1, 1);
    EXPECT_EQ(told(), "failed: Connection timed out");
}

TEST_F(keepalive, with_no_time_in_the_settings_is_off) {
    settings.keepalive_idle = 0s;
    tcp->configure(settings);
    established_with({.keepalive = true});
    wait(24h);
    recv_nothing();
}

TEST_F(keepalive, does_not_probe_while_data_is_sent_again) {
    connection_options wanted = probing();
    wanted.keepalive_idle = 100ms;
    connection_id const id = established_with(wanted);
    write(id, "x");
    wait(5s);
    for (auto const& each : sent_)
        EXPECT_EQ(each.text, "x");
    forget();
    send("A", 1, 2);
    wait(100ms);
    recv("A", 1, 1);
}

TEST_F(keepalive, of_a_peer_is_answered) {
    established();
    send("A", 0, 1);
    recv("A", 1, 1);
}

TEST_F(keepalive, the_users_timeout_ends_what_is_not_acknowledged) {
    connection_id const id = established_with({.user_timeout = 3s});
    wait(1h);
    recv_nothing();
    write(id, "x");
    wait(2999ms);
    forget();
    EXPECT_EQ(told(), "");
    wait(1ms);
    forget();
    EXPECT_EQ(told(), "failed: Connection timed out");
}

TEST_F(keepalive, the_users_timeout_begins_again_with_each_advance) {
    connection_id const id = established_with({.user_timeout = 3s});
    write(id, "abc");
    wait(2s);
    send("A", 1, 2);
    wait(2s);
    EXPECT_EQ(told(), "");
    wait(1s);
    EXPECT_EQ(told(), "failed: Connection timed out");
    forget();
}

TEST_F(keepalive, the_users_timeout_counts_for_a_closed_window_too) {
    connection_id const id = established_with({.user_timeout = 5s});
    send("A", 1, 1, {}, {.window = 0, .gso_size = 0, .options = {}});
    write(id, "x");
    for (int i = 0; i < 4; ++i) {
        wait(1s);
        send("A", 1, 1, {}, {.window = 0, .gso_size = 0, .options = {}});
    }
    EXPECT_EQ(told(), "");
    wait(1s);
    EXPECT_EQ(told(), "failed: Connection timed out");
    forget();
}

TEST_F(keepalive, the_users_timeout_limits_connecting) {
    ASSERT_TRUE(tcp->connect({local, remote}, 7, {.user_timeout = 2s}, now));
    tcp->advance(now);
    wait(2s);
    forget();
    EXPECT_EQ(told(), "failed: Connection timed out");
}

}  // namespace tcp_test
