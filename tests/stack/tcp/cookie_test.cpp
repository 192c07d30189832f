// SYN floods: RFC 4987.
#include "stack/tcp/open/cookie.hpp"

#include "fixture.hpp"

namespace tcp_test {

class cookie : public tcp_fixture {
  protected:
    void flood(std::uint32_t count) {
        stack::endpoint const client = remote;
        for (std::uint32_t i = 0; i < count; ++i) {
            remote = {address::v4(0xc0000000 + i / 60000),
                      static_cast<std::uint16_t>(1 + i % 60000)};
            put("S", 0, 0);
            forget();
        }
        remote = client;
        tcp->advance(now);
    }
    std::uint64_t count(counter which) const { return tcp->counters()[which]; }
};

TEST_F(cookie, says_what_it_was_made_for) {
    stack::siphash_key const secret{1, 2};
    stack::four_tuple const tuple{local, remote};
    seq const made = make_cookie(secret, tuple, seq(77), 1400, now);
    EXPECT_EQ(read_cookie(secret, tuple, seq(77), made, now), 1360);
    EXPECT_EQ(read_cookie(secret, tuple, seq(77), made, now + 59s), 1360);
    EXPECT_EQ(read_cookie(secret, tuple, seq(77), made, now + 120s), std::nullopt);
    EXPECT_EQ(read_cookie(secret, tuple, seq(78), made, now), std::nullopt);
    EXPECT_EQ(read_cookie(secret, tuple, seq(77), made + 1, now), std::nullopt);
    EXPECT_EQ(read_cookie({1, 3}, tuple, seq(77), made, now), std::nullopt);
    EXPECT_EQ(read_cookie(secret, {remote, local}, seq(77), made, now), std::nullopt);
}

TEST_F(cookie, a_stamp_says_all_terms_and_is_never_ahead_of_the_clock) {
    for (std::uint32_t const clock : {0U, 1U, 63U, 64U, 1000U, 0xffffffffU})
        for (std::uint8_t scale = 0; scale <= 15; ++scale)
            for (unsigned bits = 0; bits < 4; ++bits) {
                cookie_terms terms{.wscale = {}, .sack = bits % 2 != 0, .ecn = bits / 2 != 0};
                if (scale < 15) terms.wscale = scale;
                std::uint32_t const stamp = make_stamp(terms, clock);
                EXPECT_EQ(read_stamp(stamp), terms);
                EXPECT_LT(clock - stamp, 64U);
            }
}

// rfc: 4987-3.6 7323-3.2
TEST_F(cookie, of_a_peer_with_timestamps_loses_nothing) {
    listener_id const listener = listening(1);
    flood(1);
    extras syn;
    syn.options.mss = 1460;
    syn.options.window_scale = 7;
    syn.options.sack_permitted = true;
    syn.options.timestamps = {1000, 0};
    send("S", 0, 0, {}, syn);
    sent const answer = recv("SA", 0, 1);
    EXPECT_TRUE(answer.options.sack_permitted);
    EXPECT_TRUE(answer.options.window_scale);
    ASSERT_TRUE(answer.options.timestamps);
    EXPECT_EQ(answer.options.timestamps->echo, 1000U);
    wait(50ms);
    extras more;
    more.window = 100;
    more.options.timestamps = {1050, answer.options.timestamps->value};
    send("A", 1, 1, {}, more);
    EXPECT_EQ(told(), "acceptable");
    auto const id = tcp->accept(listener);
    ASSERT_TRUE(id);
    auto const report = tcp->report(*id, now);
    EXPECT_EQ(report->snd_wscale, 7);
    EXPECT_EQ(report->rcv_wscale, *answer.options.window_scale);
    EXPECT_EQ(report->snd_wnd, 12'800U);
    EXPECT_EQ(report->mss, 1448);
    // Beyond a hole: reported. The clock has not gone back.
    send("A", 11, 1, "beyond", more);
    sent const again = recv("A", 1, 1);
    EXPECT_EQ(again.options.sacks.size(), 1U);
    EXPECT_EQ(again.options.timestamps->echo, 1050U);
    EXPECT_GE(again.options.timestamps->value - answer.options.timestamps->value, 50U);
    EXPECT_LT(again.options.timestamps->value - answer.options.timestamps->value, 50U + 64U);
}

TEST_F(cookie, whose_stamp_does_not_come_back_opens_a_plain_connection) {
    listener_id const listener = listening(1);
    flood(1);
    extras syn;
    syn.options.window_scale = 7;
    syn.options.sack_permitted = true;
    syn.options.timestamps = {1000, 0};
    send("S", 0, 0, {}, syn);
    recv("SA", 0, 1);
    send("A", 1, 1);
    EXPECT_EQ(told(), "acceptable");
    auto const id = tcp->accept(listener);
    ASSERT_TRUE(id);
    EXPECT_EQ(tcp->report(*id, now)->snd_wscale, 0);
    write(*id, "x");
    EXPECT_FALSE(recv("A", 1, 1, "x").options.timestamps);
}

TEST_F(cookie, is_not_used_while_there_is_room) {
    listening(4);
    flood(4);
    EXPECT_EQ(tcp->occupied().half_open, 4U);
    EXPECT_EQ(count(counter::syn_cookies_sent), 0U);
    flood(1);  // the same again: known
    EXPECT_EQ(count(counter::syn_cookies_sent), 0U);
}

TEST_F(cookie, opens_a_connection_when_the_backlog_is_full) {
    listener_id const listener = listening(2);
    flood(2);
    extras syn;
    syn.options.mss = 1000;
    syn.options.window_scale = 7;
    send("S", 0, 0, {}, syn);
    sent const answer = recv("SA", 0, 1);
    EXPECT_EQ(answer.options.mss, 1460);
    EXPECT_FALSE(answer.options.window_scale);
    EXPECT_FALSE(tcp->knows({local, remote}));
    EXPECT_EQ(alive, 2);
    send("A", 1, 1, "hello");
    recv("A", 1, 6);
    EXPECT_EQ(told(), "acceptable");
    EXPECT_EQ(alive, 3);
    auto const id = tcp->accept(listener);
    ASSERT_TRUE(id);
    tcp->advance(now);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(*id), "hello");
    write(*id, std::string(600, 'x'));
    // One segment, as if the SYN,ACK had been lost; the MSS is that of the class below 1000.
    recv("A", 1, 6, std::string(536, 'x'));
    EXPECT_EQ(count(counter::syn_cookies_accepted), 1U);
}

TEST_F(cookie, of_more_than_two_minutes_ago_is_reset) {
    listening(1);
    flood(1);
    send("S", 0, 0);
    recv("SA", 0, 1);
    now += 120s;
    put("A", 1, 1);
    recv("R", 1, 0);
    EXPECT_EQ(count(counter::syn_cookies_accepted), 0U);
    tcp->advance(now);
    forget();
}

TEST_F(cookie, that_was_guessed_is_reset) {
    listening(1);
    flood(1);
    send("S", 0, 0);
    recv("SA", 0, 1);
    send("A", 1, 5);
    recv("R", 5, 0);
    EXPECT_EQ(alive, 1);
}

TEST_F(cookie, waits_while_the_accept_queue_is_full) {
    listener_id const listener = listening(1);
    flood(1);
    send("S", 0, 0);
    recv("SA", 0, 1);
    stack::endpoint const first = remote;
    std::uint32_t const first_cookie = iss;
    ++remote.port;
    send("S", 0, 0);
    recv("SA", 0, 1);
    send("A", 1, 1);
    EXPECT_EQ(told(), "acceptable");
    remote = first;
    iss = first_cookie;
    send("A", 1, 1);
    recv_nothing();
    EXPECT_EQ(count(counter::drop_backlog_full), 1U);
    ASSERT_TRUE(tcp->accept(listener));
    send("A", 1, 1, "again");
    recv("A", 1, 6);
    EXPECT_EQ(told(), "acceptable");
}

TEST_F(cookie, the_bound_is_over_all_listeners) {
    settings.half_opens = 3;
    tcp->configure(settings);
    listening(100);
    flood(3);
    ++local.port;
    listening(100);
    send("S", 0, 0);
    recv("SA", 0, 1);
    EXPECT_EQ(tcp->occupied().half_open, 3U);
    EXPECT_EQ(count(counter::syn_cookies_sent), 1U);
}

TEST_F(cookie, where_none_may_be_sent_the_oldest_makes_room) {
    unseen = false;
    listening(2);
    for (std::uint16_t const port : std::vector<std::uint16_t>{101, 102, 103}) {
        remote.port = port;
        send("S", 0, 0);
        recv("SA", 0, 1);
    }
    EXPECT_EQ(tcp->occupied().half_open, 2U);
    remote.port = 101;
    EXPECT_FALSE(tcp->knows({local, remote}));
    EXPECT_EQ(count(counter::half_open_evicted), 1U);
}

TEST_F(cookie, a_million_spoofed_syns_leave_memory_flat_and_a_client_gets_through) {
    listener_id const listener = listening(64);
    flood(1'000'000);
    EXPECT_EQ(tcp->occupied().half_open, 64U);
    EXPECT_EQ(tcp->occupied().timers, 64U);
    EXPECT_EQ(alive, 64);
    EXPECT_EQ(count(counter::syn_cookies_sent), 1'000'000U - 64);
    extras syn;
    syn.options.mss = 1460;
    send("S", 0, 0, {}, syn);
    recv("SA", 0, 1);
    send("A", 1, 1);
    EXPECT_EQ(told(), "acceptable");
    auto const id = tcp->accept(listener);
    ASSERT_TRUE(id);
    std::string const block(1000, 'b');
    for (std::uint32_t at = 1; at < 100'000; at += 1000) {
        send("A", at, 1, block);
        EXPECT_EQ(read(*id), block);
    }
    forget();
    EXPECT_FALSE(told().empty());
}

}  // namespace tcp_test
