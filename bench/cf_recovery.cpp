// How long a survivor needs to give back the 10,000 ports of a stack that was killed, from the
// moment it knows: on shared memory, and on etcd, where a member must run:
//   TCPPLEX_ETCD=127.0.0.1:2379 bench_cf_recovery
// The stack to be killed is this program again, as `bench_cf_recovery victim WHERE GROUP`.
#include "cf/backend/etcd/backend.hpp"
#include "cf/backend/shared_memory/backend.hpp"
#include "cf/connector.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using clock_type = std::chrono::steady_clock;

constexpr std::size_t ports = 10000;
constexpr auto from = cf::dvipa::v4(0x0a010909);
constexpr cf::destination to{cf::dvipa::v4(0xc0000201).bytes, 7000};

/// `where` is a file's path, or the endpoint of a member of etcd.
std::unique_ptr<cf::connector> join(std::string const& where, std::string const& group,
                                    std::string stack) {
    cf::member_description const who{.stack = std::move(stack),
                                     .system = "BENCH",
                                     .xcf = {},
                                     .dynamic_xcf = {},
                                     .pid = ::getpid()};
    if (where.starts_with('/'))
        return cf::connector::join(cf::shared_memory::backend::open(where).value(), who, 1).value();
    cf::etcd::settings const how{.where = {.endpoints = {where}},
                                 .group = group,
                                 .lease = std::chrono::seconds(2),
                                 .keep_alive = std::chrono::milliseconds(200),
                                 .grace = std::chrono::milliseconds(1000)};
    return cf::connector::join(cf::etcd::backend::open(how).value(), who, 1).value();
}

/// Takes its ports, says so on standard output, and waits for its end.
int be_killed(std::string const& where, std::string const& group) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    auto const stack = join(where, group, "VICTIM");
    stack->backfill(from, {}).value();
    cf::port_words excluded{};
    excluded[0] = ~std::uint64_t{0};
    std::vector<cf::connector::allocation> all(ports, {.to = to, .excluded = &excluded});
    for (std::size_t at = 0; at < ports; at += cf::connector::group_size)
        stack->allocate(from, std::span(all).subspan(at, cf::connector::group_size));
    for (auto const& one : all)
        (void)one.port.value();
    if (::write(STDOUT_FILENO, ".", 1) != 1) return 1;
    for (;;)
        ::pause();
}

/// Returns when a victim has taken its ports and has been killed.
void kill_a_victim(std::string const& where, std::string const& group) {
    int said[2];
    if (::pipe(said) != 0) throw std::runtime_error("no pipe");
    pid_t const victim = ::vfork();
    if (victim == 0) {
        ::dup2(said[1], STDOUT_FILENO);
        ::execl("/proc/self/exe", "bench_cf_recovery", "victim", where.c_str(), group.c_str(),
                nullptr);
        ::_exit(127);
    }
    ::close(said[1]);
    char ready = 0;
    bool const done = ::read(said[0], &ready, 1) == 1;
    ::close(said[0]);
    ::kill(victim, SIGKILL);
    ::waitpid(victim, nullptr, 0);
    if (!done) throw std::runtime_error("the stack to be killed has not got its ports");
}

cf::member await_failure(cf::connector& survivor) {
    for (;;) {
        for (auto const& event : survivor.check())
            if (event.what == cf::group_event::kind::failed) return event.who;
        ::poll(nullptr, 0, 1);
    }
}

void recover(benchmark::State& state, std::string const& where, cf::structure_form form) {
    static int groups = 0;
    auto const group = "BENCH" + std::to_string(::getpid()) + "-" + std::to_string(++groups);
    auto const survivor = join(where, group, "SURVIVOR");
    survivor->begin_enable(from, {.form = form}).value();
    survivor->backfill(from, {}).value();
    survivor->try_complete(from).value();
    for (auto _ : state) {
        kill_a_victim(where, group);
        auto const failed = await_failure(*survivor);
        auto const begin = clock_type::now();
        survivor->recover(failed).value();
        state.SetIterationTime(std::chrono::duration<double>(clock_type::now() - begin).count());
        if (survivor->usage(from, {}).value().in_use != 0) throw std::logic_error("ports are left");
    }
}

void on_shared_memory(benchmark::State& state, cf::structure_form form) {
    auto const path = "/dev/shm/tcpplex-bench-recovery-" + std::to_string(::getpid());
    recover(state, path, form);
    std::filesystem::remove(path);
}

void on_etcd(benchmark::State& state, cf::structure_form form) {
    auto const* const member = std::getenv("TCPPLEX_ETCD");
    if (member == nullptr)
        return state.SkipWithError("set TCPPLEX_ETCD to the host:port of an etcd member");
    recover(state, member, form);
}

void run_alone(benchmark::internal::Benchmark* one) {
    one->UseManualTime()->Iterations(1)->Unit(benchmark::kMillisecond);
}
using cf::structure_form;
BENCHMARK_CAPTURE(on_shared_memory, bitmap, structure_form::bitmap)->Apply(run_alone);
BENCHMARK_CAPTURE(on_shared_memory, list, structure_form::list)->Apply(run_alone);
BENCHMARK_CAPTURE(on_shared_memory, hashtable, structure_form::hashtable)->Apply(run_alone);
BENCHMARK_CAPTURE(on_etcd, bitmap, structure_form::bitmap)->Apply(run_alone);
BENCHMARK_CAPTURE(on_etcd, list, structure_form::list)->Apply(run_alone);
BENCHMARK_CAPTURE(on_etcd, hashtable, structure_form::hashtable)->Apply(run_alone);

}  // namespace

int main(int argc, char** argv) {
    if (argc == 4 && std::string_view(argv[1]) == "victim") return be_killed(argv[2], argv[3]);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
