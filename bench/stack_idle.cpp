// Idle connections in the engine: what each one keeps resident, where it goes, and how fast one
// among many is found. Arguments: how many connections, and bytes each has echoed before it fell
// idle.
#include "stack/tcp/engine.hpp"
#include "stack/tcp/engine_state.hpp"
#include "stack/wire/tcp.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <fstream>
#include <random>
#include <stdexcept>
#include <vector>

#include <malloc.h>
#include <unistd.h>

namespace {

using namespace stack;

constexpr instant now{std::chrono::hours(1)};
endpoint const local{address::v4(0x0a010101), 7};

/// Keeps the sequence number of the last SYN.
class sink : public tcp::segment_sink {
  public:
    void send(tcp::outgoing_segment const& segment) override {
        auto const parsed = wire::parse_tcp(segment.header);
        if (parsed->header.has(wire::tcp_flag::syn)) iss = parsed->header.sequence;
    }
    std::uint16_t path_mtu(address const&, address const&) const override { return 1500; }
    bool takes_super_segments() const override { return true; }
    std::uint32_t iss = 0;
};

class observer : public tcp::engine_observer {
  public:
    void opened(four_tuple const&, bool, std::uint32_t) override {}
    void ended(four_tuple const&, bool, std::uint32_t) override {}
    void connected(tcp::connection_id, std::uint32_t) override {}
    void acceptable(tcp::listener_id, std::uint32_t) override {}
    void readable(tcp::connection_id, std::uint32_t) override {}
    void writable(tcp::connection_id, std::uint32_t) override {}
    void failed(tcp::connection_id, std::uint32_t, boost::system::error_code) override {}
    void finished(tcp::connection_id, std::uint32_t) override {}
};

class seeded : public entropy {
  public:
    std::uint64_t next() override { return numbers_(); }

  private:
    std::mt19937_64 numbers_{1};
};

std::size_t resident_bytes() {
    malloc_trim(0);  // what an earlier crowd has left
    std::ifstream file("/proc/self/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    file >> all >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

class crowd {
  public:
    explicit crowd(std::uint32_t size, std::uint32_t echoed) {
        engine_.configure({});
        listener_ = *engine_.listen(local, 1024, 0);
        auto const before = resident_bytes();
        for (std::uint32_t i = 0; i < size; ++i)
            open(i, echoed);
        resident_ = static_cast<double>(resident_bytes() - before) / size;
        if (engine_.occupied().connections != size)
            throw std::logic_error("not all connections are open: the figures mean nothing");
    }
    double resident_each() const { return resident_; }
    bool knows(std::uint32_t which) const { return engine_.knows({local, remote(which)}); }

  private:
    static endpoint remote(std::uint32_t which) {
        constexpr std::uint32_t ports = 50000;
        return {address::v4(0x0a020000 + which / ports),
                static_cast<std::uint16_t>(10000 + which % ports)};
    }

    void open(std::uint32_t which, std::uint32_t echoed) {
        send(which, wire::tcp_flag::syn, 0, 0, 0);
        auto const first = sink_.iss + 1;
        send(which, wire::tcp_flag::ack, 1, first, 0);
        auto const id = *engine_.accept(listener_);
        if (echoed == 0) return;
        send(which, wire::tcp_flag::ack, 1, first, echoed);
        engine_.consume(id, echoed, now);
        engine_.writable(id);
        engine_.produced(id, echoed, now);
        engine_.advance(now);
        send(which, wire::tcp_flag::ack, 1 + echoed, first + echoed, 0);
    }
    void send(std::uint32_t which, std::uint8_t flags, std::uint32_t sequence,
              std::uint32_t acknowledgment, std::uint32_t length) {
        auto const from = remote(which);
        wire::tcp_header header;
        header.source_port = from.port;
        header.destination_port = local.port;
        header.sequence = sequence;
        header.acknowledgment = acknowledgment;
        header.flags = flags;
        header.window = 65535;
        wire::tcp_header_bytes const head(header);
        std::copy(head.bytes().begin(), head.bytes().end(), packet_.begin());
        std::span<std::byte const> const bytes(packet_.data(), head.bytes().size() + length);
        engine_.input({from.host, local.host, bytes, 0}, now);
        engine_.advance(now);
    }

    sink sink_;
    observer observer_;
    seeded random_;
    tcp::engine engine_{sink_, observer_, random_};
    tcp::listener_id listener_;
    double resident_ = 0;
    std::array<std::byte, 2048> packet_{};
};

void find_one_of(benchmark::State& state) {
    auto const size = static_cast<std::uint32_t>(state.range(0));
    crowd const all(size, static_cast<std::uint32_t>(state.range(1)));
    // In random order, chosen before: as segments of many peers come.
    std::vector<std::uint32_t> order(1 << 16);
    std::mt19937 numbers(1);
    for (auto& which : order)
        which = static_cast<std::uint32_t>(numbers() % size);
    std::size_t next = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(all.knows(order[next++ % order.size()]));
    state.SetItemsProcessed(state.iterations());
    state.counters["resident_bytes"] = all.resident_each();
    state.counters["connection_bytes"] = sizeof(tcp::connection);
}

// The least that finding one costs in memory: its place in a table as large, and where that says it
// is, among as many bytes.
void two_accesses(benchmark::State& state) {
    auto const size = static_cast<std::uint32_t>(state.range(0));
    std::mt19937 numbers(1);
    std::vector<std::uint64_t> places(std::bit_ceil(size * 4 / 3 + 1));
    for (auto& place : places)
        place = numbers() % size;
    struct alignas(8) connection_sized {
        std::array<std::byte, 264> bytes;
    };
    std::vector<connection_sized> connections(size);
    for (auto& c : connections)
        c.bytes.fill(std::byte{0});
    std::vector<std::uint32_t> order(1 << 16);
    for (auto& which : order)
        which = static_cast<std::uint32_t>(numbers() % places.size());
    std::size_t next = 0;
    std::size_t found =
        0;  // always 0, which only the next access finds out: none overtakes another
    for (auto _ : state) {
        auto const place = places[order[next++ % order.size()] + found];
        found = std::to_integer<std::size_t>(connections[place].bytes[0]);
    }
    benchmark::DoNotOptimize(found);
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(two_accesses)
    ->Name("idle/two_accesses")
    ->ArgName("connections")
    ->Arg(1'000)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Iterations(1 << 20);

BENCHMARK(find_one_of)
    ->Name("idle/find")
    ->ArgNames({"connections", "echoed"})
    ->ArgsProduct({{1'000, 10'000, 100'000, 1'000'000}, {0}})
    ->Args({100'000, 1})
    ->Iterations(1 << 20);  // fixed, so that each crowd is made once

}  // namespace
