// A mutex between processes that survives the death of its holder.
#pragma once

#include "cf/backend/backend.hpp"

#include <pthread.h>

namespace cf::shared_memory {

enum class lock_outcome {
    acquired,
    inherited,  ///< acquired from a thread that died in it: repair, then mark_consistent()
    busy,       ///< held by a living thread (patience::try_once)
    timed_out,  ///< held by a living thread for longer than lock_deadline
    unusable    ///< not recoverable, or its bytes are damaged
};

/// False if the system has no robust process-shared mutexes.
bool make_robust(pthread_mutex_t& mutex);
/// What to do when trylock returned `code`, which is not 0.
lock_outcome lock_not_free(pthread_mutex_t& mutex, patience how, int code);
inline lock_outcome lock(pthread_mutex_t& mutex, patience how) {
    int code = ::pthread_mutex_trylock(&mutex);
    return code == 0 ? lock_outcome::acquired : lock_not_free(mutex, how, code);
}
void mark_consistent(pthread_mutex_t& mutex);
inline void unlock(pthread_mutex_t& mutex) {
    ::pthread_mutex_unlock(&mutex);
}

}  // namespace cf::shared_memory
