// Selective acknowledgements, RACK, tail loss probes and F-RTO: RFC 2018, 2883, 5682, 6937, 8985.
#include "fixture.hpp"

namespace tcp_test {

namespace {

class sack : public tcp_fixture {
  protected:
    static extras with(stack::wire::sack_blocks const& blocks) {
        extras e;
        e.window = 65535;
        e.options.sacks = blocks;
        return e;
    }
    stack::wire::sack_block block(std::uint32_t begin, std::uint32_t end) const {
        return {iss + begin, iss + end};
    }
    connection_id willing() {
        extras peer;
        peer.window = 65535;
        peer.options.mss = 1000;
        peer.options.sack_permitted = true;
        connection_id const id = syn_sent();
        wait(20ms);
        send("SA", 0, 1, {}, peer);
        recv("A", 1, 1);
        EXPECT_EQ(told(), "connected");
        return id;
    }
    static std::string x(std::size_t count) { return std::string(count, 'x'); }
};

}  // namespace

TEST_F(sack, is_offered_and_answers_an_offer) {
    EXPECT_TRUE(tcp->connect({local, remote}, 7, now));
    tcp->advance(now);
    EXPECT_TRUE(recv("S", 0, 0).options.sack_permitted);
}

TEST_F(sack, one_lost_segment_alone_is_sent_again) {
    connection_id const id = willing();
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    wait(20ms);
    send("A", 1, 1, {}, with({block(1001, 4001)}));
    recv("A", 1, 1, x(1000));
    send("A", 1, 1, {}, with({block(1001, 10'001)}));
    recv_nothing();
    send("A", 1, 10'001, {}, with({}));
    EXPECT_EQ(tcp->counters()[counter::fast_retransmits], 1U);
    EXPECT_EQ(tcp->counters()[counter::retransmission_timeouts], 0U);
}

TEST_F(sack, a_lost_retransmission_is_found_by_what_was_sent_after_it) {
    connection_id const id = willing();
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    wait(20ms);
    send("A", 1, 1, {}, with({block(1001, 4001)}));
    recv("A", 1, 1, x(1000));
    wait(1ms);
    write(id, x(5000));
    send("A", 1, 1, {}, with({block(1001, 10'001)}));
    ASSERT_FALSE(sent_.empty());
    auto const end = sent_.back().seq + static_cast<std::uint32_t>(sent_.back().text.size());
    forget();
    wait(20ms);
    // Data that left after the retransmission has arrived, and the hole is still there.
    send("A", 1, 1, {}, with({block(1001, end)}));
    recv("A", 1, 1, x(1000));
    forget();
    send("A", 1, 15'001, {}, with({}));
    EXPECT_EQ(tcp->counters()[counter::retransmission_timeouts], 0U);
}

TEST_F(sack, once_reordering_was_seen_a_hole_has_a_quarter_of_a_round_trip) {
    connection_id const id = willing();
    write(id, x(1000));
    recv("A", 1, 1, x(1000));
    wait(1ms);
    write(id, x(1000));
    recv("A", 1001, 1, x(1000));
    wait(20ms);
    send("A", 1, 1, {}, with({block(1001, 2001)}));
    forget();
    send("A", 1, 2001, {}, with({}));  // the first one came late: reordered
    write(id, x(2000));
    recv("A", 2001, 1, x(2000));
    wait(20ms);
    send("A", 1, 2001, {}, with({block(3001, 4001)}));
    recv_nothing();
    wait(6ms);  // of 20
    recv("A", 2001, 1, x(1000));
    send("A", 1, 4001, {}, with({}));
}

TEST_F(sack, a_lost_tail_is_probed_after_two_round_trips) {
    connection_id const id = willing();
    write(id, x(3000));
    recv("A", 1, 1, x(3000));
    wait(40ms);
    recv("A", 2001, 1, x(1000));
    EXPECT_EQ(tcp->counters()[counter::loss_probes], 1U);
    wait(20ms);
    send("A", 1, 1, {}, with({block(2001, 3001)}));
    forget();
    send("A", 1, 3001, {}, with({}));
    EXPECT_EQ(tcp->counters()[counter::retransmission_timeouts], 0U);
}

// RFC 8985 7.4.2: only an acknowledgement past the probe tells, as those of the original and of the
// probe could both be on their way.
TEST_F(sack, a_probe_that_repaired_a_loss_costs_a_part_of_the_window) {
    connection_id const id = willing();
    write(id, x(3000));
    recv("A", 1, 1, x(3000));
    wait(40ms);
    recv("A", 2001, 1, x(1000));
    wait(20ms);
    send("A", 1, 3001, {}, with({}));
    EXPECT_EQ(tcp->counters()[counter::probes_repaired], 0U);
    std::uint32_t const window = tcp->report(id, now)->cwnd;
    write(id, x(1000));
    recv("A", 3001, 1, x(1000));
    send("A", 1, 4001, {}, with({}));
    EXPECT_EQ(tcp->counters()[counter::probes_repaired], 1U);
    EXPECT_EQ(tcp->report(id, now)->ssthresh, window / 10 * 7);
}

TEST_F(sack, a_probe_that_was_not_needed_costs_nothing) {
    connection_id const id = willing();
    write(id, x(3000));
    recv("A", 1, 1, x(3000));
    wait(40ms);
    recv("A", 2001, 1, x(1000));
    send("A", 1, 3001, {}, with({}));                   // of the original, delayed
    send("A", 1, 3001, {}, with({block(2001, 3001)}));  // D-SACK: of the probe
    write(id, x(1000));
    recv("A", 3001, 1, x(1000));
    send("A", 1, 4001, {}, with({}));
    EXPECT_EQ(tcp->counters()[counter::probes_repaired], 0U);
}

TEST_F(sack, a_probe_of_new_data_after_one_that_was_sent_again_repairs_nothing) {
    connection_id const id = willing();
    write(id, x(3000));
    recv("A", 1, 1, x(3000));
    wait(40ms);
    recv("A", 2001, 1, x(1000));
    send("A", 1, 3001, {}, with({block(2001, 3001)}));
    write(id, x(500));
    recv("A", 3001, 1, x(500));
    write(id, x(300));
    recv_nothing();  // Nagle
    wait(250ms);
    recv("A", 3501, 1, x(300));
    EXPECT_EQ(tcp->counters()[counter::loss_probes], 2U);
    send("A", 1, 3801, {}, with({}));
    write(id, x(1000));
    recv("A", 3801, 1, x(1000));
    send("A", 1, 4801, {}, with({}));
    EXPECT_EQ(tcp->counters()[counter::probes_repaired], 0U);
}

TEST_F(sack, acknowledgements_that_deliver_nothing_let_nothing_go_in_recovery) {
    connection_id const id = willing();
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    wait(20ms);
    send("A", 1, 1, {}, with({block(9001, 10'001)}));
    wait(6ms);  // a quarter of a round trip: nine are lost
    recv("A", 1, 1, x(1000));
    for (std::uint16_t i = 1; i <= 5; ++i) {
        extras e = with({block(9001, 10'001)});
        e.window = static_cast<std::uint16_t>(60'000 + i);
        send("A", 1, 1, {}, e);
    }
    recv_nothing();
    send("A", 1, 10'001, {}, with({}));
}

TEST_F(sack, a_timeout_that_was_only_a_delay_is_undone) {
    connection_id const id = willing();
    write(id, x(10'000));
    recv("A", 1, 1, x(10'000));
    wait(300ms);  // the probe, then the timeout
    EXPECT_EQ(tcp->counters()[counter::retransmission_timeouts], 1U);
    forget();
    // The answers to the first transmission arrive after all.
    send("A", 1, 2001, {}, with({}));
    EXPECT_EQ(tcp->counters()[counter::timeouts_spurious], 1U);
    recv_nothing();
    send("A", 1, 10'001, {}, with({}));
}

TEST_F(sack, blocks_of_what_was_never_sent_are_ignored) {
    connection_id const id = willing();
    write(id, x(3000));
    recv("A", 1, 1, x(3000));
    send("A", 1, 1, {}, with({block(5001, 9001), block(0x40000000, 0x50000000)}));
    recv_nothing();
    send("A", 1, 3001, {}, with({}));
}

// ---- receiving ----

TEST_F(sack, what_comes_beyond_a_hole_is_reported_the_latest_first) {
    connection_id const id = willing();
    send("A", 1001, 1, x(1000));
    EXPECT_EQ(recv("A", 1, 1).options.sacks, (stack::wire::sack_blocks{{irs + 1001, irs + 2001}}));
    send("A", 3001, 1, x(1000));
    EXPECT_EQ(recv("A", 1, 1).options.sacks,
              (stack::wire::sack_blocks{{irs + 3001, irs + 4001}, {irs + 1001, irs + 2001}}));
    send("A", 2001, 1, x(1000));
    EXPECT_EQ(recv("A", 1, 1).options.sacks, (stack::wire::sack_blocks{{irs + 1001, irs + 4001}}));
    send("A", 1, 1, x(1000));
    EXPECT_TRUE(recv("A", 1, 4001).options.sacks.empty());
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), x(4000));
    forget();
}

TEST_F(sack, what_comes_twice_is_reported_once) {
    connection_id const id = willing();
    send("A", 1, 1, x(1000));
    recv("A", 1, 1001);
    send("A", 1, 1, x(1000));
    EXPECT_EQ(recv("A", 1, 1001).options.sacks, (stack::wire::sack_blocks{{irs + 1, irs + 1001}}));
    send("A", 2001, 1, x(1000));
    EXPECT_EQ(recv("A", 1, 1001).options.sacks,
              (stack::wire::sack_blocks{{irs + 2001, irs + 3001}}));
    EXPECT_EQ(told(), "readable");
    EXPECT_EQ(read(id), x(1000));
    EXPECT_EQ(tcp->occupied().reorder_blocks, 1U);
}

}  // namespace tcp_test
