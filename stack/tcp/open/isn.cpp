#include "stack/tcp/open/isn.hpp"

#include "stack/tcp/limits.hpp"
#include "stack/tcp/tuple_hash.hpp"

#include <cstdint>

namespace stack::tcp {

seq initial_sequence(siphash_key const& secret, four_tuple const& tuple, instant now) {
    auto const clock = static_cast<std::uint32_t>(now.time_since_epoch() / limits::isn_tick);
    return seq(clock + static_cast<std::uint32_t>(hash_of(secret, tuple)));
}

}  // namespace stack::tcp
