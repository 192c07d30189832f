// What TCPCONFIG changes: options in handshakes, pauses, and what counts as loss.
#include "fixture.hpp"

namespace tcp_test {

namespace {

class configured : public tcp_fixture {
  protected:
    /// The peer's SYN offers everything.
    extras offering() const {
        extras e;
        e.window = 65535;
        e.options.mss = 1000;
        e.options.sack_permitted = true;
        e.options.timestamps = {5000, 0};
        return e;
    }
    sent connect() {
        EXPECT_TRUE(tcp->connect({local, remote}, 7, now));
        tcp->advance(now);
        return recv("S", 0, 0);
    }
    static std::string x(std::size_t count) { return std::string(count, 'x'); }
};

}  // namespace

TEST_F(configured, timestamps_switched_off_are_neither_offered_nor_taken) {
    settings.timestamps = false;
    tcp->configure(settings);
    sent const syn = connect();
    EXPECT_FALSE(syn.options.timestamps);
    EXPECT_TRUE(syn.options.sack_permitted);
    send("SA", 0, 1, {}, offering());
    EXPECT_FALSE(recv("A", 1, 1).options.timestamps);
    EXPECT_EQ(told(), "connected");
}

TEST_F(configured, selective_acknowledgements_switched_off_are_neither_offered_nor_taken) {
    settings.selective_ack = false;
    tcp->configure(settings);
    sent const syn = connect();
    EXPECT_FALSE(syn.options.sack_permitted);
    EXPECT_TRUE(syn.options.timestamps);
    extras terms = offering();
    terms.options.timestamps.reset();
    send("SA", 0, 1, {}, terms);
    recv("A", 1, 1);
    EXPECT_EQ(told(), "connected");
    send("A", 5, 1, "late");
    EXPECT_TRUE(recv("A", 1, 1).options.sacks.empty());
}

TEST_F(configured, a_passive_open_does_not_answer_what_is_switched_off) {
    settings.timestamps = settings.selective_ack = false;
    tcp->configure(settings);
    listening();
    send("S", 0, 0, {}, offering());
    sent const answer = recv("SA", 0, 1);
    EXPECT_FALSE(answer.options.timestamps);
    EXPECT_FALSE(answer.options.sack_permitted);
    send("A", 1, 1);
    EXPECT_EQ(told(), "acceptable");
}

// RFC 7323 3.2: what was agreed is sent on every segment.
TEST_F(configured, what_a_syn_has_offered_stays_offered) {
    connect();
    settings.timestamps = settings.selective_ack = false;
    tcp->configure(settings);
    wait(1s);
    sent const again = recv("S", 0, 0);
    EXPECT_TRUE(again.options.timestamps);
    EXPECT_TRUE(again.options.sack_permitted);
    send("SA", 0, 1, {}, offering());
    EXPECT_TRUE(recv("A", 1, 1).options.timestamps);
    EXPECT_EQ(told(), "connected");
}

TEST_F(configured, a_syn_waits_as_long_as_the_settings_say) {
    settings.initial_rto = 300ms;
    tcp->configure(settings);
    connect();
    for (auto const pause : {300ms, 600ms, 1200ms}) {
        wait(pause - 1ms);
        recv_nothing();
        wait(1ms);
        recv("S", 0, 0);
    }
}

TEST_F(configured, no_pause_is_longer_than_the_settings_say) {
    settings.max_rto = 1s;
    tcp->configure(settings);
    connection_id const id = passively_established();
    write(id, "abc");
    recv("A", 1, 1, "abc");
    for (auto const pause : {200ms, 400ms, 800ms, 1000ms, 1000ms}) {
        wait(pause - 1ms);
        recv_nothing();
        wait(1ms);
        recv("A", 1, 1, "abc");
    }
    send("A", 1, 4);
}

TEST_F(configured, as_many_duplicates_as_the_settings_say_are_loss) {
    settings.duplicate_threshold = 5;
    tcp->configure(settings);
    extras terms = offering();
    terms.options.sack_permitted = false;
    terms.options.timestamps.reset();
    connection_id const id = established(terms);
    extras const open{.window = 65535, .gso_size = 0, .options = {}};
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    for (int i = 0; i < 4; ++i)
        send("A", 1, 1, {}, open);
    recv_nothing();
    send("A", 1, 1, {}, open);
    recv("A", 1, 1, x(1000));
    send("A", 1, 10'001, {}, open);
}

TEST_F(configured, with_sack_as_many_segments_beyond_a_hole_leave_no_time_for_reordering) {
    settings.duplicate_threshold = 5;
    tcp->configure(settings);
    connection_id const id = syn_sent();
    wait(20ms);
    extras terms = offering();
    terms.options.timestamps.reset();
    send("SA", 0, 1, {}, terms);
    recv("A", 1, 1);
    EXPECT_EQ(told(), "connected");
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    wait(20ms);
    extras arrived{.window = 65535, .gso_size = 0, .options = {}};
    arrived.options.sacks = {{iss + 1001, iss + 5001}};
    send("A", 1, 1, {}, arrived);
    recv_nothing();
    arrived.options.sacks = {{iss + 1001, iss + 6001}};
    send("A", 1, 1, {}, arrived);
    recv("A", 1, 1, x(1000));
    send("A", 1, 10'001, {}, {.window = 65535, .gso_size = 0, .options = {}});
}

TEST_F(configured, no_acknowledgement_waits_if_the_settings_say_so) {
    settings.delay_acks = false;
    tcp->configure(settings);
    connection_id const id = established();
    for (std::uint32_t i = 0; i < 40; ++i) {
        send("A", 1 + i, 1, "x");
        recv("A", 1, 2 + i);
    }
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), x(40));
}

}  // namespace tcp_test
