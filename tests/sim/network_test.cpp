// The simulated network itself, TCP under all that it can do, and tables of what comes of it.
// `sim_network_test --seed N` replays one storm; `--update` writes the tables anew.
#include "golden.hpp"
#include "network/dumbbell.hpp"
#include "tables.hpp"

#include <gtest/gtest.h>

#include <iostream>

namespace sim {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t storms = 60;

TEST(sim_line, packets_wait_for_those_before_and_find_a_full_queue) {
    random_source random(1);
    line l({.bits_per_second = 8'000'000, .queue_bytes = 2000, .delay = 5ms}, random);
    instant at;
    EXPECT_EQ(l.enter(1000, false, instant(0ms), at), fate::arrives);
    EXPECT_EQ(at, instant(6ms));
    EXPECT_EQ(l.enter(1000, false, instant(0ms), at), fate::arrives);
    EXPECT_EQ(at, instant(7ms));
    EXPECT_EQ(l.enter(1000, false, instant(0ms), at), fate::queue_full);
    EXPECT_EQ(l.backlog(instant(1ms)), 1000U);
    EXPECT_EQ(l.enter(1000, false, instant(1ms), at), fate::arrives);
    EXPECT_EQ(at, instant(8ms));
    EXPECT_EQ(l.enter(1501, false, instant(9ms), at), fate::too_big);
}

TEST(sim_line, losses_come_in_bursts) {
    random_source random(1);
    loss_model model({.lost_while_good = 0,
                      .lost_while_bad = 1'000'000,
                      .becomes_bad = 10'000,
                      .becomes_good = 200'000});
    unsigned lost = 0;
    unsigned bursts = 0;
    bool before = false;
    for (int i = 0; i < 100'000; ++i) {
        bool const now = model.next(random);
        if (now) ++lost;
        if (now && !before) ++bursts;
        before = now;
    }
    // One of 21 is lost, five at a time.
    EXPECT_NEAR(lost, 100'000 / 21, 400);
    EXPECT_NEAR(lost / bursts, 5, 1);
}

TEST(sim_network, marks_keep_the_queue_short_without_loss) {
    network_plan plan;
    plan.there = {.bits_per_second = 20'000'000, .delay = 20ms, .marks_above = 30'000};
    plan.back.delay = 20ms;
    plan.flows.resize(1);
    plan.flows[0].sender.send_buffer = plan.flows[0].receiver.receive_buffer = 4U << 20U;
    dumbbell net(plan, 1);
    net.run_until(20s);
    EXPECT_FALSE(net.trouble()) << *net.trouble();
    auto const& counters = net.sender(0).engine().counters();
    EXPECT_GT(net.bottleneck().count(fate::marked), 0U);
    EXPECT_GT(counters[stack::tcp::counter::congestion_marks], 0U);
    EXPECT_EQ(counters[stack::tcp::counter::segments_retransmitted], 0U);
    EXPECT_GT(net.receiver(0).received(), 20'000'000U);
}

TEST(sim_network, a_smaller_mtu_on_the_way_is_reported_and_obeyed) {
    network_plan plan;
    plan.there.delay = plan.back.delay = 10ms;
    plan.flows.resize(1);
    plan.flows[0].to_send = 1'000'000;
    dumbbell net(plan, 1);
    net.run_until(50ms);
    net.change_mtu(900);
    net.run_until(20s);
    EXPECT_FALSE(net.trouble()) << *net.trouble();
    EXPECT_EQ(net.receiver(0).received(), 1'000'000U);
    EXPECT_GT(net.bottleneck().count(fate::too_big), 0U);
}

/// Payload bytes of the average segment sent from `from` to `to`.
std::uint64_t segment_size(dumbbell& net, duration from, duration to) {
    using stack::tcp::counter;
    auto const& counters = net.sender(0).engine().counters();
    net.run_until(from);
    std::uint64_t const bytes = counters[counter::bytes_out];
    std::uint64_t const segments = counters[counter::segments_out];
    net.run_until(to);
    return (counters[counter::bytes_out] - bytes) / (counters[counter::segments_out] - segments);
}

// rfc: 4821-7.3 4821-7.7
TEST(sim_network, a_path_that_swallows_large_packets_is_probed_for_what_it_takes) {
    network_plan plan;
    plan.silent = true;
    plan.there.bits_per_second = 2'000'000;
    plan.there.queue_bytes = 50'000;
    plan.there.delay = plan.back.delay = 10ms;
    plan.flows.resize(1);
    dumbbell net(plan, 1);
    EXPECT_GT(segment_size(net, 1s, 5s), 1440U);
    net.change_mtu(1300);
    // The search ends within 8 bytes of 1,300 less 40 of headers and 12 of timestamps.
    EXPECT_GE(segment_size(net, 60s, 120s), 1300U - 52 - 8 - 4);
    EXPECT_EQ(net.sender(0).engine().counters()[stack::tcp::counter::path_black_holes], 1U);
    EXPECT_GT(net.bottleneck().count(fate::too_big), 0U);
    net.change_mtu(1500);
    // It is looked at again after ten minutes.
    EXPECT_LT(segment_size(net, 130s, 500s), 1300U);
    EXPECT_GT(segment_size(net, 700s, 720s), 1440U);
    EXPECT_FALSE(net.trouble()) << *net.trouble();
}

TEST(sim_network, a_transfer_through_a_black_hole_is_complete) {
    for (std::uint16_t const mtu : std::initializer_list<std::uint16_t>{560, 1024, 1500, 8999}) {
        network_plan plan;
        plan.first_mtu = plan.there.mtu = plan.back.mtu = 9000;
        plan.silent = true;
        plan.there.bits_per_second = 10'000'000;
        plan.there.delay = plan.back.delay = 5ms;
        plan.there.loss.lost_while_good = 2'000;
        plan.flows.resize(2);
        for (flow_plan& f : plan.flows)
            f.to_send = 3'000'000;
        dumbbell net(plan, mtu);
        net.run_until(50ms);
        net.change_mtu(mtu);
        net.run_until(10min);
        EXPECT_FALSE(net.trouble()) << *net.trouble();
        for (std::size_t i = 0; i < net.flows(); ++i)
            EXPECT_EQ(net.receiver(i).received(), 3'000'000U) << "MTU " << mtu;
        EXPECT_GT(net.sender(0).engine().counters()[stack::tcp::counter::path_black_holes], 0U);
    }
}

/// Everything that a network may do, at once, to some flows; the plan from the seed.
network_plan storm(random_source& random) {
    network_plan plan;
    auto const up_to = [&](std::uint64_t most) {
        return static_cast<unsigned>(random() % (most + 1));
    };
    for (line_settings* l : {&plan.there, &plan.back}) {
        l->bits_per_second = 1'000'000 * (1 + up_to(100));
        l->queue_bytes = 10'000 + up_to(200'000);
        l->delay = 1us * up_to(50'000);
        l->jitter = random() % 3 == 0 ? 1us * up_to(5'000) : 0us;
        l->interrupts = random() % 2 == 0 ? 100us : 0us;
        l->loss.lost_while_good = up_to(10'000);
        l->loss.lost_while_bad = up_to(800'000);
        l->loss.becomes_bad = random() % 2 == 0 ? up_to(5'000) : 0;
        l->loss.becomes_good = 100'000 + up_to(400'000);
        l->corrupted = up_to(5'000);
        l->marks_above = random() % 3 == 0 ? up_to(50'000) : 0;
    }
    plan.flows.resize(1 + up_to(7));
    for (flow_plan& f : plan.flows) {
        f.to_send = 1 + up_to(400'000);
        f.starts = 1us * up_to(2'000'000);
        f.extra_delay = 1us * up_to(20'000);
        f.sender.send_buffer = 4'000 + up_to(500'000);
        f.receiver.receive_buffer = 4'000 + up_to(500'000);
    }
    return plan;
}

struct storm_result {
    std::string trouble;
    std::uint64_t sent_again = 0;
};

storm_result weather_storm(std::uint64_t seed) {
    random_source random(seed);
    network_plan const plan = storm(random);
    dumbbell net(plan, seed);
    net.run_until(500ms);
    net.change_mtu(static_cast<std::uint16_t>(600 + random() % 901));
    net.run_until(2h);
    storm_result result;
    result.trouble = net.trouble().value_or("");
    for (std::size_t i = 0; i < net.flows(); ++i) {
        if (net.receiver(i).received() != plan.flows[i].to_send && result.trouble.empty())
            result.trouble = "flow " + std::to_string(i) + " is not complete";
        for (bulk_host* h : {&net.sender(i), &net.receiver(i)}) {
            auto const left = h->engine().occupied();
            if (left.connections + left.half_open + left.time_wait + left.timers + left.chunks !=
                    0 &&
                result.trouble.empty())
                result.trouble = "flow " + std::to_string(i) + " has left something behind";
            result.sent_again +=
                h->engine().counters()[stack::tcp::counter::segments_retransmitted];
        }
    }
    return result;
}

TEST(sim_network, every_stream_is_complete_after_any_storm) {
    std::uint64_t sent_again = 0;
    for (std::uint64_t seed = 1; seed <= storms; ++seed) {
        auto const result = weather_storm(seed);
        EXPECT_EQ(result.trouble, "") << "replay: sim_network_test --seed " << seed;
        sent_again += result.sent_again;
    }
    // Otherwise they were no storms.
    EXPECT_GT(sent_again, 100 * storms);
}

void compare(std::string const& name, std::string const& table) {
    std::string const difference = differs_from_golden(name, table);
    EXPECT_TRUE(difference.empty())
        << "golden/" << name << ".txt is another table; write it anew with "
        << "sim_network_test --update" << difference;
}

TEST(sim_golden, goodput_by_loss_round_trip_and_buffer) {
    compare("goodput", goodput_table());
}

TEST(sim_golden, fairness_among_flows) {
    compare("fairness", fairness_table());
}

TEST(sim_golden, recovery_by_what_is_dropped) {
    compare("recovery", recovery_table());
}

}  // namespace

}  // namespace sim

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    std::string const first = argc > 1 ? argv[1] : "";
    if (first == "--seed" && argc == 3) {
        auto const result = sim::weather_storm(std::stoull(argv[2]));
        std::cout << (result.trouble.empty() ? "as it should be" : result.trouble) << "\n";
        return result.trouble.empty() ? 0 : 1;
    }
    if (first == "--update") sim::update_golden();
    return RUN_ALL_TESTS();
}
