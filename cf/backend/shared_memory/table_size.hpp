// How many connections the table of a DVIPA has space for, form HASHTABLE.
#pragma once

#include <bit>
#include <cstdint>

namespace cf::shared_memory {

inline constexpr std::uint32_t default_connections = 262144;
inline constexpr std::uint32_t least_connections = 1024;
/// With more, 1024 tables would reach into the bytes of the file that are only locked.
inline constexpr std::uint32_t most_connections = 8388608;

/// A hash chooses among them by its low bits, so it is a power of two.
constexpr bool is_table_size(std::uint32_t connections) {
    return connections >= least_connections && connections <= most_connections &&
           std::has_single_bit(connections);
}
static_assert(is_table_size(default_connections));

}  // namespace cf::shared_memory
