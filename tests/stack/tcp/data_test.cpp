// Data, acknowledgements and windows: RFC 9293 3.8.6, RFC 5681 4.2.
#include "fixture.hpp"

#include <algorithm>

namespace tcp_test {

using data = tcp_fixture;

namespace {

extras with_mss(std::uint16_t mss, std::uint16_t window = 65535) {
    extras e;
    e.window = window;
    e.options.mss = mss;
    return e;
}

}  // namespace

// Past the first segments, which are acknowledged at once.
class mature : public tcp_fixture {
  protected:
    connection_id grown() {
        connection_id const id = established();
        for (unsigned i = 0; i < 16; ++i) {
            send("A", at_, 1, "x");
            ++at_;
            recv("A", 1, at_);
        }
        EXPECT_EQ(told(), "readable");
        read(id);
        return id;
    }
    std::uint32_t at_ = 1;
};

TEST_F(data, a_young_connection_acknowledges_at_once) {
    established();
    send("A", 1, 1, "x");
    recv("A", 1, 2);
    EXPECT_EQ(told(), "readable");
}

TEST_F(mature, a_single_segment_is_acknowledged_after_40_ms) {
    grown();
    send("A", at_, 1, "x");
    wait(40ms - 1us);
    recv_nothing();
    wait(1us);
    recv("A", 1, at_ + 1);
    EXPECT_EQ(told(), "readable");
}

TEST_F(mature, every_second_segment_is_acknowledged_at_once) {
    grown();
    send("A", at_, 1, "x");
    send("A", at_ + 1, 1, "y");
    recv("A", 1, at_ + 2);
    EXPECT_EQ(told(), "readable");
}

TEST_F(mature, a_super_segment_counts_as_its_segments) {
    grown();
    extras more;
    more.gso_size = 1000;
    send("A", at_, 1, std::string(1001, 'x'), more);
    recv("A", 1, at_ + 1001);
    EXPECT_EQ(told(), "readable");
}

TEST_F(mature, data_carries_the_acknowledgement) {
    connection_id const id = grown();
    send("A", at_, 1, "x");
    write(id, "reply");
    recv("A", 1, at_ + 1, "reply");
    wait(100ms);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(tcp->counters()[counter::retransmission_timeouts], 0U);
}

TEST_F(mature, a_burst_is_acknowledged_once) {
    grown();
    for (std::uint32_t i = 0; i < 6; ++i)
        put("A", at_ + i, 1, "x");
    tcp->advance(now);
    recv("A", 1, at_ + 6);
    EXPECT_EQ(told(), "readable");
}

TEST_F(data, each_segment_beyond_a_hole_is_answered_by_a_duplicate) {
    connection_id const id = established();
    for (std::uint32_t at : {4U, 7U, 10U})
        put("A", at, 1, "xyz");
    tcp->advance(now);
    for (int i = 0; i < 3; ++i)
        recv("A", 1, 1);
    send("A", 1, 1, "abc");
    recv("A", 1, 13);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), "abcxyzxyzxyz");
    EXPECT_EQ(tcp->occupied().reorder_blocks, 0U);
}

TEST_F(data, overlapping_and_repeated_text_is_taken_once) {
    connection_id const id = established();
    send("A", 1, 1, "abc");
    send("A", 2, 1, "bcde");
    send("A", 1, 1, "abc");
    for (std::uint32_t ack : {4U, 6U, 6U})
        recv("A", 1, ack);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), "abcde");
}

TEST_F(data, text_beyond_the_window_is_cut_off) {
    settings.receive_buffer = 10;
    tcp->configure(settings);
    connection_id const id = established();
    send("A", 1, 1, "0123456789more");
    EXPECT_EQ(recv("A", 1, 11).window, 0);
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), "0123456789");
    EXPECT_EQ(recv("A", 1, 11).window, 10);
}

TEST_F(data, the_window_does_not_open_by_less_than_a_segment_or_half_the_buffer) {
    settings.receive_buffer = 100;
    tcp->configure(settings);
    connection_id const id = established();
    send("A", 1, 1, std::string(100, 'x'));
    EXPECT_EQ(recv("A", 1, 101).window, 0);
    EXPECT_EQ(told(), "readable");
    tcp->consume(id, 49, now);
    tcp->advance(now);
    recv_nothing();
    tcp->consume(id, 1, now);
    tcp->advance(now);
    EXPECT_EQ(recv("A", 1, 101).window, 50);
}

TEST_F(data, a_full_receiver_still_takes_acknowledgements) {
    settings.receive_buffer = 10;
    tcp->configure(settings);
    connection_id const id = established();
    send("A", 1, 1, "0123456789");
    recv("A", 1, 11);
    write(id, "abc");
    recv("A", 1, 11, "abc");
    send("A", 11, 4);
    wait(10s);
    EXPECT_EQ(told(), "readable");
}

TEST_F(data, a_closed_window_is_probed_ever_more_slowly_and_without_end) {
    connection_id const id = established(with_mss(1000, 0));
    write(id, "abc");
    recv_nothing();
    duration pause = 200ms;
    for (int i = 0; i < 40; ++i) {
        wait(pause);
        recv("A", 1, 1, "a");
        send("A", 1, 1, {}, with_mss(0, 0));
        pause = std::min<duration>(pause * 2, 60s);
    }
    send("A", 1, 1, {}, with_mss(0, 100));
    recv("A", 1, 1, "abc");
    send("A", 1, 4);
}

TEST_F(data, probes_that_nobody_answers_end_the_connection) {
    connection_id const id = established(with_mss(1000, 0));
    write(id, "abc");
    wait(3600s);
    forget();
    EXPECT_EQ(told(), "failed: Connection timed out");
    close(id);
}

TEST_F(data, a_small_segment_waits_for_the_acknowledgement_of_another) {
    connection_id const id = established();
    write(id, "one");
    recv("A", 1, 1, "one");
    write(id, "two");
    write(id, "three");
    recv_nothing();
    send("A", 1, 4);
    recv("A", 4, 1, "twothree");
    send("A", 1, 12);
}

TEST_F(data, a_full_segment_does_not_wait) {
    connection_id const id = established();
    write(id, "one");
    recv("A", 1, 1, "one");
    write(id, std::string(1000, 'x'));
    recv("A", 4, 1, std::string(1000, 'x'));
    send("A", 1, 1004);
}

TEST_F(data, a_window_smaller_than_a_segment_is_not_filled_in_crumbs) {
    connection_id const id = established(with_mss(1000, 1000));
    write(id, std::string(1500, 'x'));
    recv("A", 1, 1, std::string(1000, 'x'));
    send("A", 1, 1001, {}, with_mss(0, 100));
    recv_nothing();
    send("A", 1, 1001, {}, with_mss(0, 600));
    recv("A", 1001, 1, std::string(500, 'x'));
    send("A", 1, 1501);
}

TEST_F(data, a_super_segment_leaves_with_the_mss_as_its_gso_size) {
    connection_id const id = established(with_mss(1000));
    write(id, std::string(5500, 'x'));
    sent const s = recv("A", 1, 1, std::string(5500, 'x'));
    EXPECT_EQ(s.gso_size, 1000);
    send("A", 1, 5501);
}

TEST_F(data, without_super_segments_each_segment_leaves_alone) {
    super_segments = false;
    connection_id const id = established(with_mss(1000));
    write(id, std::string(2500, 'x'));
    EXPECT_EQ(recv("A", 1, 1, std::string(1000, 'x')).gso_size, 0);
    recv("A", 1001, 1, std::string(1000, 'x'));
    recv("A", 2001, 1, std::string(500, 'x'));
    send("A", 1, 2501);
}

TEST_F(data, a_full_send_buffer_is_announced_when_it_has_room) {
    settings.send_buffer = 1000;
    tcp->configure(settings);
    connection_id const id = established();
    write(id, std::string(1000, 'x'));
    forget();
    EXPECT_TRUE(tcp->writable(id).empty());
    send("A", 1, 1001);
    EXPECT_EQ(told(), "writable");
}

TEST_F(data, a_window_is_scaled_as_negotiated) {
    settings.receive_buffer = 1'000'000;
    tcp->configure(settings);
    extras peer = with_mss(1000, 1000);
    peer.options.window_scale = 3;
    syn_sent();
    send("SA", 0, 1, {}, peer);
    EXPECT_EQ(recv("A", 1, 1).window, 1'000'000 >> 4);
    EXPECT_EQ(told(), "connected");
}

TEST_F(data, a_smaller_path_mtu_makes_smaller_segments_at_once) {
    connection_id const id = established(with_mss(1000));
    write(id, std::string(1000, 'x'));
    recv("A", 1, 1, std::string(1000, 'x'));
    tcp->path_mtu_changed({local, remote}, iss + 5000, 552, now);
    tcp->advance(now);
    recv_nothing();
    tcp->path_mtu_changed({local, remote}, iss + 1, 552, now);
    tcp->advance(now);
    EXPECT_EQ(recv("A", 1, 1, std::string(1000, 'x')).gso_size, 512);
    send("A", 1, 1001);
}

TEST_F(data, a_path_mtu_too_small_to_be_true_is_not_believed) {
    connection_id const id = established(with_mss(1000));
    write(id, std::string(1000, 'x'));
    recv("A", 1, 1, std::string(1000, 'x'));
    tcp->path_mtu_changed({local, remote}, iss + 1, 0, now);
    tcp->advance(now);
    EXPECT_EQ(recv("A", 1, 1, std::string(1000, 'x')).gso_size, 512);
    send("A", 1, 1001);
}

// rfc: 7323-2.3
TEST_F(data, a_buffer_smaller_than_a_unit_of_the_scale_is_offered_as_one) {
    settings.receive_buffer = 100;
    settings.max_receive_buffer = 16 << 20;
    tcp->configure(settings);
    extras peer;
    peer.options.mss = 1000;
    peer.options.window_scale = 0;
    connection_id const id = syn_sent();
    send("SA", 0, 1, {}, peer);
    EXPECT_EQ(recv("A", 1, 1).window, 1U) << "256 bytes";
    EXPECT_EQ(told(), "connected");
    send("A", 1, 1, std::string(256, 'x'));
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id).size(), 256U);
    forget();
}

}  // namespace tcp_test
