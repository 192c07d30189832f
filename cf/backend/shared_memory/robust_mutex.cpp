#include "cf/backend/shared_memory/robust_mutex.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <thread>

namespace cf::shared_memory {

namespace {

/// A sleeper looks at the mutex this often by itself. Its wake-up may be lost: the unlock wakes one
/// sleeper, a third takes the mutex by trylock, which marks no waiters, and the woken one is killed
/// before it has it. The third then lets go without waking anybody. (The kernel, futex_death, wakes
/// another only if nobody has the mutex.)
constexpr std::chrono::milliseconds nap{5};

timespec to_timespec(std::chrono::steady_clock::time_point at) {
    auto const since = at.time_since_epoch();
    auto const whole = std::chrono::duration_cast<std::chrono::seconds>(since);
    return {static_cast<time_t>(whole.count()),
            static_cast<long>(std::chrono::nanoseconds(since - whole).count())};
}

int lock_until(pthread_mutex_t& mutex, std::chrono::steady_clock::time_point deadline) {
    for (;;) {
        auto const until = std::min(std::chrono::steady_clock::now() + nap, deadline);
        auto const at = to_timespec(until);
        int const code = ::pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &at);
        if (code != ETIMEDOUT || until == deadline) return code;
    }
}

void pause_processor() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("yield");
#endif
}

/// Tries before a waiter sleeps, and the most pauses of the processor (10 to 50 ns each) before
/// one: 30 to 120 us in all. Two processes that lock all the time find it free within these.
constexpr int spin_tries = 24;
constexpr unsigned longest_spin = 128;

/// Whoever has the mutex lets it go within 200 ns if it runs; to sleep and to be woken costs ten
/// times as much, and makes the holder's unlock a system call. The pauses double, so that waiters
/// leave the mutex's cache line to the holder. Returns trylock's last answer.
int spin(pthread_mutex_t& mutex) {
    static bool const holder_can_run = std::thread::hardware_concurrency() > 1;
    int code = EBUSY;
    unsigned pauses = 4;
    for (int tries = 0; holder_can_run && code == EBUSY && tries < spin_tries; ++tries) {
        for (unsigned i = 0; i < pauses; ++i)
            pause_processor();
        pauses = std::min(2 * pauses, longest_spin);
        code = ::pthread_mutex_trylock(&mutex);
    }
    return code;
}

lock_outcome outcome_of(int code) {
    switch (code) {
        case 0:
            return lock_outcome::acquired;
        case EOWNERDEAD:
            return lock_outcome::inherited;
        case EBUSY:
            return lock_outcome::busy;
        case ETIMEDOUT:
            return lock_outcome::timed_out;
        default:
            return lock_outcome::unusable;
    }
}

}  // namespace

bool make_robust(pthread_mutex_t& mutex) {
    pthread_mutexattr_t attributes;
    if (::pthread_mutexattr_init(&attributes) != 0) return false;
    bool made = ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0 &&
                ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST) == 0 &&
                ::pthread_mutex_init(&mutex, &attributes) == 0;
    ::pthread_mutexattr_destroy(&attributes);
    return made;
}

lock_outcome lock_not_free(pthread_mutex_t& mutex, patience how, int code) {
    auto first = outcome_of(code);
    if (first != lock_outcome::busy || how == patience::try_once) return first;
    if (int const spun = spin(mutex); spun != EBUSY) return outcome_of(spun);
    return outcome_of(lock_until(mutex, std::chrono::steady_clock::now() + lock_deadline));
}

void mark_consistent(pthread_mutex_t& mutex) {
    ::pthread_mutex_consistent(&mutex);
}

}  // namespace cf::shared_memory
