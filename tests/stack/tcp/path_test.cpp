// How large packets may be: what a path is known to take, and the search for more.
#include "fixture.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/path/path_table.hpp"

namespace tcp_test {

namespace {

address host(std::uint32_t number) {
    return address::v4(0x0a000000 + number);
}

/// Probes a path that takes `truth` bytes until there is nothing to probe; how many it took.
int search(path& p, std::uint16_t truth, std::uint16_t largest, instant now) {
    for (int probes = 0;; ++probes) {
        std::uint16_t const size = p.probe_size(largest, now);
        if (size == 0) return probes;
        EXPECT_GT(size, p.works);
        EXPECT_LE(size, largest);
        if (size <= truth)
            p.arrived(size, now);
        else
            p.refused(size, now, 0s);
    }
}

}  // namespace

// rfc: 4821-7.3
TEST(tcp_path, a_search_ends_within_the_least_gain_of_the_truth) {
    instant const now{1h};
    for (std::uint16_t truth = 1024; truth <= 9000; ++truth) {
        path p;
        p.lost(9000, 1024, now, 0s);
        // Halving 7,976 bytes until less than eight are left, after a try of the largest.
        EXPECT_LE(search(p, truth, 9000, now), 12);
        EXPECT_LE(p.works, truth);
        EXPECT_GT(p.works + limits::path_probe_gain, truth);
    }
}

// rfc: 4821-7.3 1191-6.3 8201-4
TEST(tcp_path, a_settled_path_is_looked_at_again_after_ten_minutes) {
    instant const now{1h};
    path p;
    p.told(1300, now);
    EXPECT_EQ(p.probe_size(1500, now + 10min - 1ms), 0U);
    EXPECT_EQ(p.probe_size(1500, now + 10min), 1500U);
    p.refused(1500, now + 10min, 0s);
    EXPECT_EQ(p.probe_size(1500, now + 10min), 1400U);
}

TEST(tcp_path, no_probe_follows_a_failed_one_at_once) {
    instant const now{1h};
    path p;
    p.lost(1500, 1024, now, 100ms);
    EXPECT_EQ(p.probe_size(1500, now), 0U);
    EXPECT_EQ(p.probe_size(1500, now + 100ms), 1500U);
}

TEST(tcp_path, the_path_not_used_for_longest_gives_way) {
    path_table paths({1, 2});
    for (std::uint32_t i = 0; i < limits::max_paths; ++i)
        paths.learn(host(0), host(i)).works = static_cast<std::uint16_t>(i);
    EXPECT_NE(paths.find(host(0), host(0)), nullptr);
    paths.learn(host(1), host(0));
    EXPECT_EQ(paths.size(), limits::max_paths);
    EXPECT_EQ(paths.find(host(0), host(1)), nullptr);
    ASSERT_NE(paths.find(host(0), host(2)), nullptr);
    EXPECT_EQ(paths.find(host(0), host(2))->works, 2U);
    EXPECT_EQ(paths.find(host(0), host(0))->works, 0U);
    paths.forget(host(0), host(0));
    EXPECT_EQ(paths.find(host(0), host(0)), nullptr);
}

namespace {

class tcp_path_discovery : public tcp_fixture {
  protected:
    static std::string x(std::size_t count) { return std::string(count, 'x'); }
    static constexpr std::size_t probe = 1460;  ///< payload of a packet of our link's MTU
    static constexpr std::size_t known = 1260;  ///< of the 1,300 bytes that a router told us
    static constexpr std::size_t half = 1360;   ///< halfway, after the probe was refused

    extras with(std::initializer_list<stack::wire::sack_block> blocks) const {
        extras e;
        e.window = 65535;
        for (auto const& b : blocks)
            e.options.sacks.push_back({iss + b.begin, iss + b.end});
        return e;
    }
    /// On a path of 1,300 bytes, ten minutes after the router said so.
    connection_id narrow(bool selective = true) {
        extras peer;
        peer.window = 65535;
        peer.options.mss = 1460;
        peer.options.sack_permitted = selective;
        connection_id const id = syn_sent();
        wait(20ms);
        send("SA", 0, 1, {}, peer);
        recv("A", 1, 1);
        EXPECT_EQ(told(), "connected");
        write(id, x(probe));
        recv("A", 1, 1, x(probe));
        tcp->path_mtu_changed({local, remote}, iss + 1, 1300, now);
        tcp->advance(now);
        recv("A", 1, 1, x(probe));  // as a super-segment of two
        send("A", 1, begin, {}, with({}));
        wait(10min);
        return id;
    }
    static constexpr std::uint32_t begin = 1 + probe;
};

}  // namespace

// rfc: 4821-7.4 4821-7.5 4821-7.6.1
TEST_F(tcp_path_discovery, a_probe_is_one_segment_and_its_arrival_makes_all_as_large) {
    connection_id const id = narrow();
    write(id, x(8000));
    EXPECT_EQ(recv("A", begin, 1, x(probe)).gso_size, 0U);
    sent const rest = recv("A", begin + probe, 1, x(8000 - probe));
    EXPECT_EQ(rest.gso_size, known);
    send("A", 1, begin + 8000, {}, with({}));
    write(id, x(8000));
    EXPECT_EQ(recv("A", begin + 8000, 1, x(8000)).gso_size, probe);
    send("A", 1, begin + 16000, {}, with({}));
    EXPECT_EQ(tcp->counters()[counter::path_probes_arrived], 1U);
}

// rfc: 4821-3 4821-7.6.2
TEST_F(tcp_path_discovery, a_probe_that_alone_is_lost_is_no_congestion) {
    connection_id const id = narrow();
    auto const window = tcp->report(id, now)->cwnd;
    write(id, x(8000));
    recv("A", begin, 1, x(probe));
    recv("A", begin + probe, 1, x(8000 - probe));
    wait(20ms);
    send("A", 1, begin, {}, with({{begin + probe, begin + 8000}}));
    EXPECT_EQ(recv("A", begin, 1, x(probe)).gso_size, known);
    send("A", 1, begin + 8000, {}, with({}));
    EXPECT_GE(tcp->report(id, now)->cwnd, window);
    EXPECT_EQ(tcp->counters()[counter::fast_retransmits], 0U);
    write(id, x(8000));
    EXPECT_EQ(recv("A", begin + 8000, 1, x(8000)).gso_size, known) << "too early for another probe";
    send("A", 1, begin + 16000, {}, with({}));
    wait(100ms);
    write(id, x(8000));
    recv("A", begin + 16000, 1, x(half));
    recv("A", begin + 16000 + half, 1, x(8000 - half));
    send("A", 1, begin + 24000, {}, with({}));
}

// rfc: 4821-7.6.4
TEST_F(tcp_path_discovery, a_probe_lost_with_others_is_congestion_and_proves_nothing) {
    connection_id const id = narrow();
    write(id, x(8000));
    recv("A", begin, 1, x(probe));
    recv("A", begin + probe, 1, x(8000 - probe));
    wait(20ms);
    std::uint32_t const lost = probe + known;
    send("A", 1, begin, {}, with({{begin + lost, begin + 8000}}));
    EXPECT_EQ(tcp->report(id, now)->ssthresh, 5600U);  // RFC 9438 4.6: 0.7 of what was in flight
    forget();
    send("A", 1, begin + 8000, {}, with({}));
    write(id, x(5500));
    recv("A", begin + 8000, 1, x(probe));
    forget();
    send("A", 1, begin + 13500, {}, with({}));
}

TEST_F(tcp_path_discovery, without_sack_there_are_no_probes) {
    connection_id const id = narrow(false);
    write(id, x(8000));
    EXPECT_EQ(recv("A", begin, 1, x(8000)).gso_size, known);
    send("A", 1, begin + 8000);
}

// rfc: 4821-7.4
TEST_F(tcp_path_discovery, what_is_too_little_to_show_a_loss_carries_no_probe) {
    connection_id const id = narrow();
    write(id, x(probe + 3 * known - 1));
    EXPECT_EQ(recv("A", begin, 1, x(probe + 3 * known - 1)).gso_size, known);
    send("A", 1, begin + probe + 3 * known - 1, {}, with({}));
}

// rfc: 1191-3 8201-4
TEST_F(tcp_path_discovery, a_router_that_answers_the_probe_says_what_to_try_next) {
    connection_id const id = narrow();
    write(id, x(8000));
    recv("A", begin, 1, x(probe));
    recv("A", begin + probe, 1, x(8000 - probe));
    tcp->path_mtu_changed({local, remote}, iss + begin, 1400, now);
    tcp->advance(now);
    EXPECT_EQ(recv("A", begin, 1, x(probe)).gso_size, known);
    send("A", 1, begin + 8000, {}, with({}));
    EXPECT_EQ(tcp->report(id, now)->mss, known);
    write(id, x(8000));
    recv("A", begin + 8000, 1, x(1350 - 40));  // between 1,300 and 1,400
    recv("A", begin + 8000 + 1310, 1, x(8000 - 1310));
    send("A", 1, begin + 16000, {}, with({}));
}

// rfc: 4821-5.2 8201-4
TEST_F(tcp_path_discovery, the_next_connection_of_the_path_knows_it) {
    connection_id const first = narrow();
    close(first);
    forget();
    local.port = 4001;
    connection_id const id = established({.window = 65535,
                                          .gso_size = 0,
                                          .options = {.mss = 1460,
                                                      .window_scale = {},
                                                      .sack_permitted = false,
                                                      .timestamps = {},
                                                      .sacks = {}}});
    EXPECT_EQ(tcp->report(id, now)->mss, known);
}

}  // namespace tcp_test
