// Timestamps and ECN: RFC 7323, 3168.
#include "fixture.hpp"

namespace tcp_test {

namespace {

class timestamps : public tcp_fixture {
  protected:
    static extras stamped(std::uint32_t value, std::uint32_t echo) {
        extras e;
        e.options.timestamps = {value, echo};
        return e;
    }
    /// The peer's clock shows 5000, ours `clock`.
    connection_id agreed() {
        auto const id = tcp->connect({local, remote}, 7, now);
        tcp->advance(now);
        clock = recv("S", 0, 0).options.timestamps.value().value;
        extras peer = stamped(5000, clock);
        peer.options.mss = 1000;
        send("SA", 0, 1, {}, peer);
        EXPECT_EQ(recv("A", 1, 1).options.timestamps.value().echo, 5000U);
        EXPECT_EQ(told(), "connected");
        return *id;
    }
    std::uint32_t clock = 0;
};

}  // namespace

TEST_F(timestamps, take_twelve_bytes_of_each_segment) {
    connection_id const id = agreed();
    write(id, std::string(988, 'x'));
    sent const s = recv("A", 1, 1, std::string(988, 'x'));
    EXPECT_EQ(s.gso_size, 0U);
    send("A", 1, 989, {}, stamped(5001, clock));
}

TEST_F(timestamps, show_milliseconds) {
    connection_id const id = agreed();
    wait(250ms);
    write(id, "abc");
    EXPECT_EQ(recv("A", 1, 1, "abc").options.timestamps.value().value, clock + 250);
    send("A", 1, 4, {}, stamped(5001, clock));
}

TEST_F(timestamps, an_old_one_is_acknowledged_and_dropped) {
    connection_id const id = agreed();
    send("A", 1, 1, "abc", stamped(5010, clock));
    recv("A", 1, 4);
    send("A", 4, 1, "old", stamped(5009, clock));
    EXPECT_EQ(recv("A", 1, 4).options.timestamps.value().echo, 5010U);
    EXPECT_EQ(tcp->counters()[counter::drop_old_timestamp], 1U);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), "abc");
}

TEST_F(timestamps, a_reset_needs_none) {
    agreed();
    send("R", 1, 0);
    EXPECT_EQ(told(), "failed: Connection reset by peer");
}

// RFC 5961 4.2: a peer that has restarted learns by it that we have not.
TEST_F(timestamps, a_syn_is_challenged_with_whatever_clock_or_none) {
    agreed();
    send("S", 1, 0);
    recv("A", 1, 1);
    wait(1s);
    send("S", 1, 0, {}, stamped(17, 0));
    EXPECT_EQ(recv("A", 1, 1).options.timestamps.value().echo, 5000U);
}

TEST_F(timestamps, missing_after_the_agreement_they_are_missed) {
    agreed();
    send("A", 1, 1, "abc");
    recv_nothing();
    EXPECT_EQ(tcp->counters()[counter::drop_no_timestamp], 1U);
}

TEST_F(timestamps, after_24_days_of_silence_any_is_taken) {
    connection_id const id = agreed();
    now += std::chrono::hours(25 * 24);
    send("A", 1, 1, "abc", stamped(4000, clock));
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), "abc");
    forget();
}

TEST_F(timestamps, ahead_of_a_hole_they_are_not_echoed) {
    connection_id const id = agreed();
    send("A", 4, 1, "def", stamped(5020, clock));
    EXPECT_EQ(recv("A", 1, 1).options.timestamps.value().echo, 5000U);
    send("A", 1, 1, "abc", stamped(5010, clock));
    EXPECT_EQ(recv("A", 1, 7).options.timestamps.value().echo, 5010U);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), "abcdef");
}

TEST_F(timestamps, a_passive_open_answers_them) {
    listening();
    send("S", 0, 0, {}, stamped(77, 0));
    EXPECT_EQ(recv("SA", 0, 1).options.timestamps.value().echo, 77U);
    send("A", 1, 1, {}, stamped(78, 0));
    EXPECT_EQ(told(), "acceptable");
}

}  // namespace tcp_test
