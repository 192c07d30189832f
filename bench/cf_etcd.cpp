// What a source port costs on etcd: alone, with other stacks at it, and with the lock held. Needs a
// running member:
//   TCPPLEX_ETCD=127.0.0.1:2379 bench_cf_etcd
#include "cf/backend/etcd/backend.hpp"
#include "cf/connector.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>

namespace {

using clock_type = std::chrono::steady_clock;

constexpr auto from = cf::dvipa::v4(0x0a010909);
constexpr cf::destination to{cf::dvipa::v4(0xc0000201).bytes, 7000};

cf::port_words below_1024() {
    cf::port_words excluded{};
    for (std::size_t word = 0; word < 16; ++word)
        excluded[word] = ~std::uint64_t{0};
    return excluded;
}

/// A stack in a group of this process and run.
struct stack {
    std::unique_ptr<cf::connector> cf;
    cf::etcd::client* client = nullptr;
};

stack join(std::string const& name, cf::etcd::locking lock) {
    cf::etcd::settings how{.where = {.endpoints = {std::getenv("TCPPLEX_ETCD")}},
                           .group = "BENCH" + std::to_string(::getpid()),
                           .lock = lock};
    auto facility = cf::etcd::backend::open(how).value();
    auto* client = &facility->connection();
    cf::member_description who{
        .stack = name, .system = "BENCH", .xcf = {}, .dynamic_xcf = {}, .pid = ::getpid()};
    return {cf::connector::join(std::move(facility), who, 1).value(), client};
}

void share(std::vector<stack>& all) {
    all.front().cf->begin_enable(from, {}).value();
    for (auto& one : all)
        one.cf->backfill(from, {}).value();
    while (!all.front().cf->try_complete(from).value().on)
        std::this_thread::yield();
}

class latencies {
  public:
    template <class Work>
    void time(Work&& work) {
        auto begin = clock_type::now();
        work();
        all_.push_back(
            std::chrono::duration<double, std::micro>(clock_type::now() - begin).count());
    }
    double percentile(double share) {
        std::sort(all_.begin(), all_.end());
        return all_.empty()
                   ? 0
                   : all_[static_cast<std::size_t>(share * static_cast<double>(all_.size() - 1))];
    }

  private:
    std::vector<double> all_;
};

bool can_run(benchmark::State& state) {
    if (std::getenv("TCPPLEX_ETCD") != nullptr) return true;
    state.SkipWithError("set TCPPLEX_ETCD to the host:port of an etcd member");
    return false;
}

void allocate_and_release(benchmark::State& state, cf::etcd::locking lock) {
    if (!can_run(state)) return;
    std::vector<stack> all;
    all.push_back(join("A", lock));
    share(all);
    auto& one = all.front();
    auto excluded = below_1024();
    latencies allocating, releasing;
    auto before = one.client->counts();
    for (auto _ : state) {
        std::uint16_t port = 0;
        allocating.time(
            [&] { port = one.cf->allocate(from, to, excluded, cf::patience::wait).value(); });
        releasing.time([&] { one.cf->release(from, port, cf::patience::wait).value(); });
    }
    auto after = one.client->counts();
    auto pairs = static_cast<double>(state.iterations());
    state.counters["allocate_p50_us"] = allocating.percentile(0.5);
    state.counters["allocate_p99_us"] = allocating.percentile(0.99);
    state.counters["release_p50_us"] = releasing.percentile(0.5);
    state.counters["transactions"] =
        static_cast<double>(after.transactions - before.transactions) / pairs;
    state.counters["reads"] = static_cast<double>(after.reads - before.reads) / pairs;
}
BENCHMARK_CAPTURE(allocate_and_release, transaction, cf::etcd::locking::transaction)->UseRealTime();
BENCHMARK_CAPTURE(allocate_and_release, held, cf::etcd::locking::held)->UseRealTime();

// So many stacks, each on a thread and a connection of its own, for one DVIPA.
void pairs_of_several_stacks(benchmark::State& state) {
    if (!can_run(state)) return;
    std::vector<stack> all;
    for (int i = 0; i < state.range(0); ++i)
        all.push_back(join("S" + std::to_string(i), cf::etcd::locking::transaction));
    share(all);
    auto excluded = below_1024();
    constexpr int pairs = 200;
    for (auto _ : state) {
        std::vector<std::thread> threads;
        for (auto& one : all)
            threads.emplace_back([&] {
                for (int i = 0; i < pairs; ++i)
                    if (auto port = one.cf->allocate(from, to, excluded, cf::patience::wait))
                        (void)one.cf->release(from, *port, cf::patience::wait);
            });
        for (auto& one : threads)
            one.join();
    }
    state.SetItemsProcessed(state.iterations() * pairs * state.range(0));
}
BENCHMARK(pairs_of_several_stacks)
    ->Arg(1)
    ->Arg(2)
    ->Arg(8)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
