#include "tables.hpp"

#include "network/dumbbell.hpp"

#include <iomanip>
#include <set>
#include <sstream>
#include <stdexcept>

namespace sim {

namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t rate = 20'000'000;  // bits per second
constexpr std::uint64_t seed = 1;

network_plan line_of(unsigned rtt_ms, std::uint32_t queue) {
    network_plan plan;
    plan.there.bits_per_second = rate;
    plan.there.delay = plan.back.delay = rtt_ms * 500us;
    plan.there.queue_bytes = queue;
    return plan;
}

flow_plan flow_of(std::uint32_t buffer) {
    flow_plan flow;
    flow.sender.send_buffer = flow.receiver.receive_buffer = buffer;
    flow.sender.max_send_buffer = flow.receiver.max_receive_buffer = 0;  // they stay so
    return flow;
}

void run(dumbbell& net, duration time) {
    net.run_until(time);
    if (auto const trouble = net.trouble()) throw std::runtime_error(*trouble);
}

std::uint64_t goodput(unsigned loss_ppm, unsigned rtt_ms, std::uint32_t buffer) {
    constexpr std::uint64_t seconds = 20;
    network_plan plan = line_of(rtt_ms, 64 * 1024);
    plan.there.loss.lost_while_good = loss_ppm;
    plan.flows = {flow_of(buffer)};
    dumbbell net(plan, seed);
    run(net, std::chrono::seconds(seconds));
    return net.receiver(0).received() * 8 * 1000 / (rate * seconds);
}

struct shares {
    unsigned fairness = 0;
    std::uint64_t used = 0;
};

shares share(unsigned flows, std::uint32_t queue) {
    constexpr std::uint64_t warm_up = 10;
    constexpr std::uint64_t seconds = 30;
    network_plan plan = line_of(40, queue);
    for (unsigned i = 0; i < flows; ++i) {
        plan.flows.push_back(flow_of(1024 * 1024));
        plan.flows.back().starts = i * 137ms;
    }
    dumbbell net(plan, seed);
    run(net, std::chrono::seconds(warm_up));
    std::vector<std::uint64_t> bytes;
    for (unsigned i = 0; i < flows; ++i)
        bytes.push_back(net.receiver(i).received());
    run(net, std::chrono::seconds(warm_up + seconds));
    std::uint64_t sum = 0;
    for (unsigned i = 0; i < flows; ++i)
        sum += bytes[i] = net.receiver(i).received() - bytes[i];
    return {jain_per_mille(bytes), sum * 8 * 1000 / (rate * seconds)};
}

std::uint64_t recovery_ms(std::set<std::uint64_t> const& dropped) {
    network_plan plan = line_of(40, 1U << 20U);
    plan.flows = {flow_of(1024 * 1024)};
    plan.flows[0].to_send = 200 * 1460;
    dumbbell net(plan, seed);
    net.drop_data([&](std::uint64_t n) { return dropped.contains(n); });
    instant const begin = net.now();
    duration last{};
    for (duration time = 1ms; net.receiver(0).received() < plan.flows[0].to_send; time += 1ms) {
        if (time > 5min) throw std::runtime_error("the transfer never ends");
        run(net, time);
        last = net.now() - begin;
    }
    return static_cast<std::uint64_t>(last / 1ms);
}

}  // namespace

std::string goodput_table() {
    std::ostringstream out;
    out << "# goodput in parts per thousand of 20 Mbit/s, queue 64 KiB, 20 s, by packets lost of a "
           "million, round trip, buffer\n"
        << "    loss   rtt ms   64 KiB  256 KiB 1024 KiB\n";
    for (unsigned const loss : {0U, 100U, 1000U, 10000U, 50000U})
        for (unsigned const rtt : {1U, 10U, 50U, 200U}) {
            out << std::setw(8) << loss << std::setw(9) << rtt;
            for (std::uint32_t const kib : {64U, 256U, 1024U})
                out << std::setw(9) << goodput(loss, rtt, kib * 1024);
            out << '\n';
        }
    return out.str();
}

std::string fairness_table() {
    std::ostringstream out;
    out << "# Jain's index and use of 20 Mbit/s over 40 ms, in parts per thousand, from 10 s to 40 "
           "s, "
           "by flows and queue\n"
        << "   flows queue KiB fairness     used\n";
    for (unsigned const flows : {2U, 4U, 8U, 16U})
        for (std::uint32_t const kib : {25U, 100U, 400U}) {
            shares const s = share(flows, kib * 1024);
            out << std::setw(8) << flows << std::setw(10) << kib << std::setw(9) << s.fairness
                << std::setw(9) << s.used << '\n';
        }
    return out.str();
}

std::string recovery_table() {
    struct row {
        char const* name;
        std::set<std::uint64_t> dropped;
    };
    row const rows[] = {
        {"none", {}},
        {"first", {0}},
        {"one in the middle", {50}},
        {"two in a row", {50, 51}},
        {"every other of ten", {50, 52, 54, 56, 58}},
        {"ten in a row", {50, 51, 52, 53, 54, 55, 56, 57, 58, 59}},
        {"last", {199}},
        {"last two", {198, 199}},
        {"last ten", {190, 191, 192, 193, 194, 195, 196, 197, 198, 199}},
        {"two, fifty apart", {50, 100}},
    };
    std::ostringstream out;
    out << "# milliseconds until 200 segments have arrived over 20 Mbit/s and 40 ms, by which data "
           "packets are dropped, counted as they leave\n";
    for (row const& r : rows)
        out << std::setw(6) << recovery_ms(r.dropped) << "  " << r.name << '\n';
    return out.str();
}

}  // namespace sim
