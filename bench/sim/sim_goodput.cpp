// How much of a long fat path TCP fills, and how fairly flows share it, in virtual time.
#include "network/dumbbell.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iomanip>
#include <iostream>

namespace {

using namespace std::chrono_literals;

struct options {
    unsigned flows = 1;
    std::uint64_t megabits = 1000;
    unsigned rtt = 100;
    unsigned loss = 0;
    unsigned queue = 0;
    unsigned buffer = 16384;
    unsigned warm_up = 5;
    unsigned seconds = 30;
    std::uint64_t seed = 1;
    bool each_second = false;
};

sim::network_plan plan_of(options const& o) {
    sim::network_plan plan;
    plan.there.bits_per_second = o.megabits * 1'000'000;
    plan.there.delay = plan.back.delay = o.rtt * 500us;
    plan.there.loss.lost_while_good = o.loss;
    plan.there.interrupts = plan.back.interrupts = 50us;
    std::uint64_t const bandwidth_delay = o.megabits * o.rtt * 125;
    plan.there.queue_bytes =
        o.queue != 0 ? o.queue * 1024 : static_cast<std::uint32_t>(bandwidth_delay);
    sim::random_source random(o.seed);
    for (unsigned i = 0; i < o.flows; ++i) {
        sim::flow_plan flow;
        flow.starts = std::chrono::microseconds(random() % 1'000'000);
        flow.sender.send_buffer = flow.receiver.receive_buffer = o.buffer * 1024;
        plan.flows.push_back(flow);
    }
    return plan;
}

std::vector<std::uint64_t> received(sim::dumbbell& net) {
    std::vector<std::uint64_t> bytes;
    for (std::size_t i = 0; i < net.flows(); ++i)
        bytes.push_back(net.receiver(i).received());
    return bytes;
}

std::uint64_t sum(std::vector<std::uint64_t> const& values) {
    std::uint64_t total = 0;
    for (auto const value : values)
        total += value;
    return total;
}

std::uint64_t total(sim::dumbbell& net, stack::tcp::counter which) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < net.flows(); ++i)
        count += net.sender(i).engine().counters()[which];
    return count;
}

// Payload received of what the line carries in `seconds`, headers included.
std::uint64_t per_mille(std::uint64_t bytes, options const& o, unsigned seconds) {
    return bytes * 8 * 1000 / (o.megabits * 1'000'000 * seconds);
}

void show_second(sim::dumbbell& net, options const& o, unsigned second, std::uint64_t bytes) {
    using stack::tcp::counter;
    std::cout << std::setw(4) << second << " s" << std::setw(6) << per_mille(bytes, o, 1)
              << " per mille of the line, waiting " << net.bottleneck().backlog(net.now()) / 1024
              << " KiB, sent again " << total(net, counter::segments_retransmitted) << ", timeouts "
              << total(net, counter::retransmission_timeouts) << ", lost "
              << net.bottleneck().count(sim::fate::lost) << ", dropped by the queue "
              << net.bottleneck().count(sim::fate::queue_full) << "\n";
}

int run(options const& o) {
    sim::dumbbell net(plan_of(o), o.seed);
    std::vector<std::uint64_t> before = received(net);
    std::uint64_t last = 0;
    for (unsigned second = 1; second <= o.warm_up + o.seconds && !net.trouble(); ++second) {
        net.run_until(std::chrono::seconds(second));
        std::uint64_t const so_far = sum(received(net));
        if (o.each_second) show_second(net, o, second, so_far - last);
        last = so_far;
        if (second == o.warm_up) before = received(net);
    }
    if (net.trouble()) {
        std::cout << "seed " << o.seed << ": " << *net.trouble() << "\n";
        return 1;
    }
    std::vector<std::uint64_t> shares = received(net);
    for (std::size_t i = 0; i < shares.size(); ++i)
        shares[i] -= before[i];
    std::cout << o.flows << (o.flows == 1 ? " flow, " : " flows, ") << o.megabits << " Mbit/s, "
              << o.rtt << " ms, loss " << o.loss << " ppm: goodput "
              << per_mille(sum(shares), o, o.seconds) << " per mille of the line, fairness "
              << sim::jain_per_mille(shares) << " per mille, timeouts "
              << total(net, stack::tcp::counter::retransmission_timeouts) << ", sent again "
              << total(net, stack::tcp::counter::segments_retransmitted) << " of "
              << total(net, stack::tcp::counter::segments_out) << "\n";
    return 0;
}

int run_all(options const& given) {
    options clean = given;
    clean.flows = 1;
    clean.loss = 0;
    options lossy = clean;
    lossy.loss = 1000;
    options many = clean;
    many.flows = 8;
    int result = 0;
    for (options const& o : {clean, lossy, many})
        result |= run(o);
    return result;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Goodput and fairness of TCP on a simulated path. Without --flows or --loss: one "
        "flow without loss, one with 1000 lost of a million packets, and eight flows.");
    options o;
    auto* flows =
        app.add_option("--flows", o.flows, "flows through the line")->check(CLI::Range(1, 1000));
    auto* loss = app.add_option("--loss", o.loss, "packets lost of a million, at random");
    app.add_option("--rate", o.megabits, "of the line, Mbit/s")->capture_default_str();
    app.add_option("--rtt", o.rtt, "round trip without a queue, ms")->capture_default_str();
    app.add_option("--queue", o.queue, "in front of the line, KiB; default: rate times round trip");
    app.add_option("--buffer", o.buffer, "of senders and receivers, KiB")->capture_default_str();
    app.add_option("--warm-up", o.warm_up, "seconds not counted")->capture_default_str();
    app.add_option("--seconds", o.seconds, "counted after that")
        ->capture_default_str()
        ->check(CLI::Range(1, 100000));
    app.add_option("--seed", o.seed, "of everything that is random")->capture_default_str();
    app.add_flag("--each-second", o.each_second, "a line for each second");
    CLI11_PARSE(app, argc, argv);
    return flows->count() + loss->count() == 0 ? run_all(o) : run(o);
}
