// Loss: RFC 6298, 5681, 6582, 3042, 6928.
#include "fixture.hpp"

namespace tcp_test {

using loss = tcp_fixture;

namespace {

extras const wide{
    .window = 65535,
    .gso_size = 0,
    .options = {
        .mss = 1000, .window_scale = {}, .sack_permitted = false, .timestamps = {}, .sacks = {}}};
extras const open{.window = 65535, .gso_size = 0, .options = {}};

std::string x(std::size_t count) {
    return std::string(count, 'x');
}

}  // namespace

TEST_F(loss, unanswered_data_is_sent_again_after_ever_longer_pauses) {
    connection_id const id = established();
    write(id, "abc");
    recv("A", 1, 1, "abc");
    for (auto const pause : {200ms, 400ms, 800ms, 1600ms}) {
        wait(pause - 1us);
        recv_nothing();
        wait(1us);
        recv("A", 1, 1, "abc");
    }
    send("A", 1, 4);
    wait(100s);
}

TEST_F(loss, the_connection_is_given_up_after_the_attempts_allowed) {
    settings.retransmit_attempts = 3;
    tcp->configure(settings);
    connection_id const id = established();
    write(id, "abc");
    wait(100s);
    for (int i = 0; i < 4; ++i)
        recv("A", 1, 1, "abc");
    EXPECT_EQ(told(), "failed: Connection timed out");
    EXPECT_EQ(alive, 0);
    close(id);
}

TEST_F(loss, a_timeout_follows_the_round_trip_time) {
    connection_id const id = syn_sent();
    wait(500ms);
    send("SA", 0, 1);
    recv("A", 1, 1);
    EXPECT_EQ(told(), "connected");
    write(id, "abc");
    recv("A", 1, 1, "abc");
    // RFC 6298 2.2: 500 ms + 4 * 250 ms
    wait(1500ms - 1us);
    recv_nothing();
    wait(1us);
    recv("A", 1, 1, "abc");
    send("A", 1, 4);
}

TEST_F(loss, a_segment_sent_twice_measures_nothing) {
    connection_id const id = established();
    write(id, "abc");
    recv("A", 1, 1, "abc");
    wait(200ms);
    recv("A", 1, 1, "abc");
    wait(300ms);
    send("A", 1, 4);
    // Karn: still doubled, since nothing was measured.
    write(id, "def");
    recv("A", 4, 1, "def");
    wait(400ms - 1us);
    recv_nothing();
    wait(1us);
    recv("A", 4, 1, "def");
    send("A", 1, 7);
}

TEST_F(loss, ten_segments_may_leave_at_first) {
    connection_id const id = established(wide);
    write(id, x(20'000));
    recv("A", 1, 1, x(10'000));
    send("A", 1, 10'001, {}, open);
    recv("A", 10'001, 1, x(10'000));
    send("A", 1, 20'001, {}, open);
}

TEST_F(loss, one_segment_may_leave_at_first_if_the_syn_was_lost) {
    connection_id const id = syn_sent();
    wait(1s);
    recv("S", 0, 0);
    send("SA", 0, 1, {}, wide);
    recv("A", 1, 1);
    EXPECT_EQ(told(), "connected");
    write(id, x(3000));
    recv("A", 1, 1, x(1000));
    send("A", 1, 1001, {}, open);
    recv("A", 1001, 1, x(2000));
    send("A", 1, 3001, {}, open);
}

TEST_F(loss, three_duplicates_send_the_first_segment_again) {
    connection_id const id = established(wide);
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    send("A", 1, 1, {}, open);
    send("A", 1, 1, {}, open);
    recv_nothing();
    send("A", 1, 1, {}, open);
    recv("A", 1, 1, x(1000));
    send("A", 1, 10'001, {}, open);
    EXPECT_EQ(tcp->counters()[counter::fast_retransmits], 1U);
    EXPECT_EQ(tcp->counters()[counter::retransmission_timeouts], 0U);
}

TEST_F(loss, the_first_two_duplicates_let_new_segments_go) {
    connection_id const id = established(wide);
    write(id, x(13'000));
    recv("A", 1, 1, x(10'000));
    send("A", 1, 1, {}, open);
    recv("A", 10'001, 1, x(1000));
    send("A", 1, 1, {}, open);
    recv("A", 11'001, 1, x(1000));
    send("A", 1, 12'001, {}, open);
    recv("A", 12'001, 1, x(1000));
    send("A", 1, 13'001, {}, open);
}

TEST_F(loss, a_partial_acknowledgement_sends_the_next_hole) {
    connection_id const id = established(wide);
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    for (int i = 0; i < 3; ++i)
        send("A", 1, 1, {}, open);
    recv("A", 1, 1, x(1000));
    send("A", 1, 3001, {}, open);
    recv("A", 3001, 1, x(1000));
    send("A", 1, 10'001, {}, open);
}

TEST_F(loss, a_window_change_is_not_a_duplicate) {
    connection_id const id = established(wide);
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    for (std::uint16_t i = 0; i < 5; ++i) {
        extras e = open;
        e.window = static_cast<std::uint16_t>(60'000 + i);
        send("A", 1, 1, {}, e);
    }
    recv_nothing();
    send("A", 1, 10'001, {}, open);
}

TEST_F(loss, after_a_timeout_one_segment_leaves_and_the_rest_as_it_is_acknowledged) {
    connection_id const id = established(wide);
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    wait(200ms);
    recv("A", 1, 1, x(1000));
    send("A", 1, 1001, {}, open);
    recv("A", 1001, 1, x(2000));
    send("A", 1, 10'001, {}, open);
}

TEST_F(loss, after_a_long_pause_the_window_starts_again) {
    connection_id const id = established(wide);
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    send("A", 1, 10'001, {}, open);
    write(id, x(20'000));
    recv("A", 10'001, 1, x(20'000));
    send("A", 1, 30'001, {}, open);
    wait(10s);
    write(id, x(30'000));
    recv("A", 30'001, 1, x(10'000));
    send("A", 1, 40'001, {}, open);
    forget();
    send("A", 1, 60'001, {}, open);
}

// The receiver had the others all the time; RFC 5682 2.1 step 2a, RFC 6298 3 (Karn).
TEST_F(loss, filling_a_hole_after_a_timeout_proves_and_measures_nothing) {
    connection_id const id = established(wide);
    write(id, x(3000));
    recv("A", 1, 1, x(3000));
    wait(200ms);
    recv("A", 1, 1, x(1000));
    wait(10ms);
    send("A", 1, 2001, {}, open);
    EXPECT_EQ(tcp->counters()[counter::timeouts_spurious], 0U);
    forget();
    send("A", 1, 3001, {}, open);
    write(id, "abc");
    recv("A", 3001, 1, "abc");
    wait(400ms - 1us);
    recv_nothing();
    wait(1us);
    recv("A", 3001, 1, "abc");
    send("A", 1, 3004, {}, open);
}

TEST_F(loss, echoes_of_a_recovery_that_is_over_start_no_other) {
    connection_id const id = established(wide);
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    wait(200ms);
    recv("A", 1, 1, x(1000));
    send("A", 1, 10'001, {}, open);
    write(id, x(1000));
    recv("A", 10'001, 1, x(1000));
    // Of what was sent again for nothing: RFC 6582 3.2 step 1, not more than `recover`.
    for (int i = 0; i < 4; ++i)
        send("A", 1, 10'001, {}, open);
    recv_nothing();
    send("A", 1, 11'001, {}, open);
}

// What was lost last is compared with for ever: RFC 6582 3.2 step 1.
TEST_F(loss, a_loss_is_repaired_at_once_after_more_than_2_gib_without_one) {
    connection_id const id = established(wide);
    std::uint32_t next = 1;
    std::uint32_t length = 10'000;  // as slow start allows
    for (std::uint64_t sent = 0; sent <= 0x8000'0000; sent += length) {
        length = sent == 0 ? length : std::min(2 * length, 60'000U);
        write(id, x(length));
        forget();
        next += length;
        send("A", 1, next, {}, open);
    }
    write(id, x(10'000));
    forget();
    for (int i = 0; i < 3; ++i)
        send("A", 1, next, {}, open);
    recv("A", next, 1, x(1000));
    forget();
    send("A", 1, next + 10'000, {}, open);
}

}  // namespace tcp_test
