// What a source port costs: on shared memory, alone and contended, and without coordination.
#include "cf/backend/shared_memory/backend.hpp"
#include "cf/connector.hpp"

#include <benchmark/benchmark.h>

#include <bit>
#include <filesystem>
#include <string>

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr auto from = cf::dvipa::v4(0x0a010909);
constexpr cf::destination to{cf::dvipa::v4(0xc0000201).bytes, 7000};

cf::port_words below_1024() {
    cf::port_words excluded{};
    for (std::size_t word = 0; word < 16; ++word)
        excluded[word] = ~std::uint64_t{0};
    return excluded;
}

class facility_file {
  public:
    facility_file() : path_("/dev/shm/tcpplex-bench-" + std::to_string(::getpid())) {}
    ~facility_file() { std::filesystem::remove(path_); }
    facility_file(facility_file const&) = delete;
    facility_file& operator=(facility_file const&) = delete;

    std::unique_ptr<cf::connector> join(std::string name) const {
        cf::member_description who{.stack = std::move(name),
                                   .system = "BENCH",
                                   .xcf = {},
                                   .dynamic_xcf = {},
                                   .pid = ::getpid()};
        auto stack =
            cf::connector::join(cf::shared_memory::backend::open(path_).value(), who, 1).value();
        stack->begin_enable(from, {}).value();
        stack->backfill(from, {}).value();
        stack->try_complete(from).value();
        return stack;
    }

  private:
    std::string path_;
};

void allocate_and_release(benchmark::State& state) {
    facility_file file;
    auto stack = file.join("A");
    auto excluded = below_1024();
    for (auto _ : state) {
        auto port = stack->allocate(from, to, excluded, cf::patience::try_once);
        benchmark::DoNotOptimize(port);
        benchmark::DoNotOptimize(stack->release(from, *port, cf::patience::try_once));
    }
}
BENCHMARK(allocate_and_release);

// The other process does the same all the time; both wait for each other's lock.
void allocate_and_release_contended(benchmark::State& state) {
    facility_file file;
    auto stack = file.join("A");
    auto excluded = below_1024();
    auto parent = ::getpid();
    pid_t other = ::fork();
    if (other == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent) ::_exit(1);
        auto rival = file.join("B");
        for (;;) {
            auto port = rival->allocate(from, to, excluded, cf::patience::wait);
            if (port) rival->release(from, *port, cf::patience::wait).value();
        }
    }
    while (stack->members().size() < 2)
        ::sched_yield();
    for (auto _ : state) {
        auto port = stack->allocate(from, to, excluded, cf::patience::wait);
        if (port) benchmark::DoNotOptimize(stack->release(from, *port, cf::patience::wait));
    }
    ::kill(other, SIGKILL);
    ::waitpid(other, nullptr, 0);
}
BENCHMARK(allocate_and_release_contended)->UseRealTime();

void ask_who_holds(benchmark::State& state) {
    facility_file file;
    auto stack = file.join("A");
    stack->claim(from, 40000, cf::patience::wait).value();
    for (auto _ : state)
        benchmark::DoNotOptimize(stack->who_holds(from, 40000));
}
BENCHMARK(ask_who_holds);

// What a stack on its own does: next-fit in a bitmap that nobody else sees.
void allocate_and_release_without_coordination(benchmark::State& state) {
    cf::port_words in_use{}, excluded = below_1024();
    std::size_t word = 16;
    for (auto _ : state) {
        auto candidates = ~in_use[word] & ~excluded[word];
        auto bit = std::uint64_t{1} << std::countr_zero(candidates);
        in_use[word] |= bit;
        benchmark::DoNotOptimize(in_use);
        in_use[word] &= ~bit;
        word = word == 1023 ? 16 : word + 1;
    }
}
BENCHMARK(allocate_and_release_without_coordination);

}  // namespace
