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
lock_outcome lock(pthread_mutex_t& mutex, patience how);
void mark_consistent(pthread_mutex_t& mutex);
void unlock(pthread_mutex_t& mutex);

}  // namespace cf::shared_memory
