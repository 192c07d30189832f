// What the machine and the stack measured have used of processor and memory so far.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace peers {

std::uint64_t monotonic_ns();

struct usage {
    std::uint64_t at_ns = 0;
    double busy = 0;          ///< seconds of all processors that were not idle
    double client = 0;        ///< of this process
    double stack = 0;         ///< of all threads of the stack's processes
    long stack_rss_kb = 0;    ///< of the stack's processes
    long kernel_slab_kb = 0;  ///< of the machine: sockets of kernel peers are there
};

/// `processes`: the stack's.
usage read_usage(std::vector<std::string> const& processes);

}  // namespace peers
