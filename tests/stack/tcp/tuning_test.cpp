// Buffers that grow with what a connection can do, within what memory there is.
#include "fixture.hpp"
#include "stack/tcp/limits.hpp"

namespace tcp_test {

class tuning : public tcp_fixture {
  protected:
    // A connection of 10 ms whose buffers may grow to 4 MB from 60 KB.
    connection_id fast() {
        settings.max_receive_buffer = settings.max_send_buffer = 4'000'000;
        tcp->configure(settings);
        connection_id const id = syn_sent();
        now += 10ms;
        extras peer;
        peer.window = 60'000;
        peer.options.mss = 1000;
        peer.options.window_scale = 7;
        send("SA", 0, 1, {}, peer);
        forget();
        told();
        return id;
    }
    // The peer fills the window in each round trip and the user reads it.
    std::uint32_t stream(connection_id id, int round_trips) {
        for (int i = 0; i < round_trips; ++i) {
            now += 10ms;
            for (std::uint32_t left = tcp->report(id, now)->rcv_wnd; left >= 10'000;
                 left -= 10'000) {
                put("A", at_, 1, std::string(10'000, 'x'),
                    {.window = 8192, .gso_size = 1000, .options = {}});
                at_ += 10'000;
            }
            while (!read(id).empty()) {
            }
            forget();
        }
        told();
        return tcp->report(id, now)->receive_buffer;
    }

  private:
    std::uint32_t at_ = 1;
};

TEST_F(tuning, the_window_scale_is_for_what_the_buffer_may_become) {
    settings.max_receive_buffer = 16 * 1024 * 1024;
    tcp->configure(settings);
    tcp->connect({local, remote}, 7, now);
    tcp->advance(now);
    sent const syn = recv("S", 0, 0);
    EXPECT_EQ(syn.options.window_scale, 9);
    EXPECT_EQ(syn.window, 60'000);
}

TEST_F(tuning, the_receive_buffer_grows_with_what_the_user_reads) {
    connection_id const id = fast();
    EXPECT_EQ(tcp->report(id, now)->receive_buffer, 60'000U);
    EXPECT_GE(stream(id, 2), 120'000U);
    EXPECT_EQ(stream(id, 20), 4'000'000U);
    // An update is due when half of it is used.
    EXPECT_GE(tcp->report(id, now)->rcv_wnd, 2'000'000U);
}

TEST_F(tuning, a_slow_reader_gets_no_more) {
    connection_id const id = fast();
    for (std::uint32_t at = 1; at < 20'000; at += 1000) {
        now += 10ms;
        send("A", at, 1, std::string(1000, 'x'));
        read(id);
    }
    forget();
    told();
    EXPECT_EQ(tcp->report(id, now)->receive_buffer, 60'000U);
}

TEST_F(tuning, a_buffer_the_user_has_chosen_stays) {
    connection_id const id = fast();
    tcp->set_options(id, {.receive_buffer = 100'000}, now);
    EXPECT_EQ(stream(id, 10), 100'000U);
}

TEST_F(tuning, stops_when_memory_is_short) {
    settings.buffer_memory = 1;
    connection_id const id = fast();
    write(id, "x");  // a chunk
    EXPECT_EQ(stream(id, 10), 60'000U);
    EXPECT_EQ(tcp->report(id, now)->send_buffer, settings.send_buffer);
}

TEST_F(tuning, without_memory_each_connection_may_still_queue_a_chunk) {
    settings.buffer_memory = 1;
    connection_id const id = fast();
    write(id, std::string(1000, 'x'));
    EXPECT_TRUE(tcp->writable(id).empty());
    forget();
    send("A", 1, 1001, {}, {.window = 60'000, .gso_size = 0, .options = {}});
    EXPECT_EQ(told(), "writable");
    EXPECT_FALSE(tcp->writable(id).empty());
}

TEST_F(tuning, without_memory_nothing_is_kept_beyond_a_hole) {
    settings.buffer_memory = 1;
    connection_id const id = fast();
    write(id, "x");
    forget();
    send("A", 1001, 1, "later");
    forget();
    EXPECT_EQ(tcp->counters()[counter::drop_no_memory_for_holes], 1U);
    send("A", 1, 1, "now");
    forget();
    EXPECT_EQ(read(id), "now");
    told();
}

TEST_F(tuning, the_send_buffer_is_twice_the_congestion_window) {
    settings.send_buffer = 1000;
    connection_id const id = fast();
    connection_report const r = *tcp->report(id, now);
    EXPECT_EQ(r.send_buffer, 2 * r.cwnd);
}

TEST_F(tuning, little_waits_unsent_in_a_large_send_buffer) {
    connection_id const id = fast();
    auto const acknowledge_all = [&] {
        auto const end = sent_.back().seq + static_cast<std::uint32_t>(sent_.back().text.size());
        forget();
        send("A", 1, end, {}, {.window = 60'000, .gso_size = 0, .options = {}});
    };
    auto const fill = [&] {
        std::uint32_t filled = 0;
        for (auto room = tcp->writable(id); !room.empty(); room = tcp->writable(id)) {
            tcp->produced(id, room.size(), now);
            filled += static_cast<std::uint32_t>(room.size());
        }
        return filled;
    };
    for (int round = 0; round < 20; ++round) {
        fill();
        tcp->advance(now);
        now += 10ms;
        ASSERT_FALSE(sent_.empty());
        acknowledge_all();
    }
    while (!sent_.empty())
        acknowledge_all();
    told();
    ASSERT_GT(tcp->report(id, now)->cwnd, 2 * limits::most_unsent);
    EXPECT_EQ(fill(), limits::most_unsent);
    tcp->advance(now);
    EXPECT_EQ(told(), "writable");  // all of it is on its way
    forget();
    EXPECT_EQ(fill(), limits::most_unsent);
}

TEST_F(tuning, an_idle_connection_holds_no_buffers) {
    connection_id const id = fast();
    stream(id, 5);
    EXPECT_EQ(tcp->occupied().chunks, 0U);
}

TEST_F(tuning, too_many_in_time_wait_end_the_oldest) {
    settings.time_waits = 2;
    tcp->configure(settings);
    for (std::uint16_t const port : std::vector<std::uint16_t>{101, 102, 103}) {
        remote.port = port;
        time_wait();
    }
    EXPECT_EQ(tcp->occupied().time_wait, 2U);
    EXPECT_EQ(tcp->counters()[counter::time_wait_evicted], 1U);
    remote.port = 101;
    EXPECT_FALSE(tcp->knows({local, remote}));
}

}  // namespace tcp_test
