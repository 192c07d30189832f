// One process of the idle test: a process may not have descriptors for all connections.
#pragma once

#include "arguments.hpp"
#include "histogram.hpp"

#include <array>
#include <cstddef>
#include <type_traits>

namespace peers {

/// What a worker tells, first after it has opened its connections, then after it has used them.
struct idle_result {
    static constexpr std::size_t windows = 5;

    std::size_t established = 0;
    std::size_t failed = 0;
    double open_seconds = 0;
    std::array<double, windows> echo_rates{};  ///< echoes a second
    histogram latency;
};
static_assert(std::is_trivially_copyable_v<idle_result>);

struct idle_share {
    std::size_t number = 0;  ///< of the worker
    std::size_t connections = 0;
    std::size_t opening = 0;  ///< at once
    std::size_t active = 0;   ///< echoes under way at once
};

/// Reads a byte from `orders` before each step: open, use, end. Writes an idle_result to `results`
/// after the first two.
void work_idle(arguments const& asked, idle_share const& share, int orders, int results);

/// Moves all of `size` bytes over a pipe, or throws.
void read_whole(int from, void* bytes, std::size_t size);
void write_whole(int to, void const* bytes, std::size_t size);

}  // namespace peers
