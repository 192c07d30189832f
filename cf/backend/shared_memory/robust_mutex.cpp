#include "cf/backend/shared_memory/robust_mutex.hpp"

#include <cerrno>
#include <ctime>

namespace cf::shared_memory {

namespace {

timespec deadline() {
    timespec at{};
    ::clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += std::chrono::duration_cast<std::chrono::seconds>(lock_deadline).count();
    return at;
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
    auto until = deadline();
    return outcome_of(::pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &until));
}

void mark_consistent(pthread_mutex_t& mutex) {
    ::pthread_mutex_consistent(&mutex);
}

}  // namespace cf::shared_memory
