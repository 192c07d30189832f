// What the fence before each packet costs: where there is nothing to guard, for a source that is
// not guarded, and for one that is.
#include "stack/tun/fence.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <limits>

namespace {

std::atomic<std::int64_t> deadline = std::numeric_limits<std::int64_t>::max();

/// An IPv4 header with the source 10.1.9.9.
std::array<std::byte, 20> header() {
    std::array<std::byte, 20> packet{};
    packet[0] = std::byte{0x45};
    packet[12] = std::byte{10};
    packet[13] = std::byte{1};
    packet[14] = packet[15] = std::byte{9};
    return packet;
}

void measure(benchmark::State& state, std::vector<stack::address> guarded) {
    stack::tun::fence fence;
    fence.guard(std::move(guarded), deadline);
    auto packet = header();
    for (auto _ : state) {
        benchmark::DoNotOptimize(packet);
        benchmark::DoNotOptimize(fence.lets_through(packet));
    }
}

void nothing_to_guard(benchmark::State& state) {
    measure(state, {});
}
void another_source(benchmark::State& state) {
    measure(state, {stack::address::v4(0x0a010908)});
}
void guarded_source(benchmark::State& state) {
    measure(state, {stack::address::v4(0x0a010909)});
}

BENCHMARK(nothing_to_guard);
BENCHMARK(another_source);
BENCHMARK(guarded_source);

}  // namespace
