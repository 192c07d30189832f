// Threads, locks and clocks of the facility's code: the system's, or those of a simulation that
// passes its own time and runs one thread at a time.
#pragma once

#ifdef TCPPLEX_SIMULATED_TIME

#include "simulated_threads.hpp"

#else

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace cf {

using std::mutex;
using std::thread;
using condition = std::condition_variable;
using steady_clock = std::chrono::steady_clock;

}  // namespace cf

#endif
