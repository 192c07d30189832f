// What the members of a group know and nobody else.
#pragma once

#include <array>
#include <cstdint>

namespace cf {

/// Unpredictable bits, made by the first member and kept in the facility as long as it lives: keys
/// for what all members have to compute alike, as the sequence numbers that connections of a shared
/// address begin with.
using group_secret = std::array<std::uint64_t, 4>;

/// A new one, from getrandom(2). Throws std::system_error if the kernel has none.
group_secret make_secret();

}  // namespace cf
