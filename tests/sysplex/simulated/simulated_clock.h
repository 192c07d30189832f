// Included before everything else in a simulation: clock_gettime() reads the virtual clock of the
// calling thread's machine.
#pragma once

#include <time.h>

#ifdef __cplusplus
extern "C"
#endif
    int
    simulated_clock_gettime(clockid_t which, struct timespec* into);

#define clock_gettime simulated_clock_gettime
