// What a source port costs: on shared memory, alone and contended, and without coordination.
#include "cf/backend/shared_memory/backend.hpp"
#include "cf/backend/shared_memory/robust_mutex.hpp"
#include "cf/connector.hpp"

#include <benchmark/benchmark.h>

#include <bit>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
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

// A robust mutex between processes, as each DVIPA's structures have one.
class shared_lock {
  public:
    shared_lock()
        : mutex_(static_cast<pthread_mutex_t*>(::mmap(nullptr, sizeof(pthread_mutex_t),
                                                      PROT_READ | PROT_WRITE,
                                                      MAP_SHARED | MAP_ANONYMOUS, -1, 0))) {
        if (mutex_ == MAP_FAILED || !cf::shared_memory::make_robust(*mutex_)) std::abort();
    }
    ~shared_lock() { ::munmap(mutex_, sizeof(pthread_mutex_t)); }
    shared_lock(shared_lock const&) = delete;
    shared_lock& operator=(shared_lock const&) = delete;
    pthread_mutex_t& mutex() { return *mutex_; }

  private:
    pthread_mutex_t* mutex_;
};

void take_twice(pthread_mutex_t& mutex) {
    for (int i = 0; i < 2; ++i) {
        if (cf::shared_memory::lock(mutex, cf::patience::wait) ==
            cf::shared_memory::lock_outcome::inherited)
            cf::shared_memory::mark_consistent(mutex);
        cf::shared_memory::unlock(mutex);
    }
}

// A process that runs until the end of the object. The constructor waits until it is ready.
class rival {
  public:
    template <class Work>
    explicit rival(Work&& work) {
        int ready[2];
        if (::pipe(ready) != 0) std::abort();
        auto const parent = ::getpid();
        pid_ = ::fork();
        if (pid_ == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (::getppid() != parent) ::_exit(1);
            work([&] {
                if (::write(ready[1], "", 1) != 1) ::_exit(1);
            });
        }
        ::close(ready[1]);
        char byte = 0;
        if (pid_ < 0 || ::read(ready[0], &byte, 1) != 1) std::abort();
        ::close(ready[0]);
    }
    ~rival() {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    rival(rival const&) = delete;
    rival& operator=(rival const&) = delete;

  private:
    pid_t pid_ = -1;
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

// The floor of the row above: what two updates take in locks alone.
void lock_twice(benchmark::State& state) {
    shared_lock lock;
    for (auto _ : state)
        take_twice(lock.mutex());
}
BENCHMARK(lock_twice);

// The other process does the same all the time; both wait for each other's lock.
void allocate_and_release_contended(benchmark::State& state) {
    facility_file file;
    auto stack = file.join("A");
    auto excluded = below_1024();
    rival other([&](auto const& ready) {
        auto its_own = file.join("B");
        ready();
        for (;;) {
            auto port = its_own->allocate(from, to, excluded, cf::patience::wait);
            if (port) its_own->release(from, *port, cf::patience::wait).value();
        }
    });
    for (auto _ : state) {
        auto port = stack->allocate(from, to, excluded, cf::patience::wait);
        if (port) benchmark::DoNotOptimize(stack->release(from, *port, cf::patience::wait));
    }
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

// The floor of allocate_and_release_contended.
void lock_twice_contended(benchmark::State& state) {
    shared_lock lock;
    rival other([&](auto const& ready) {
        ready();
        for (;;)
            take_twice(lock.mutex());
    });
    for (auto _ : state)
        take_twice(lock.mutex());
}
BENCHMARK(lock_twice_contended)->UseRealTime();

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
