#include "stack/tcp/open/isn.hpp"

#include "stack/tcp/limits.hpp"
#include "stack/tcp/tuple_hash.hpp"

#include <cstdint>

namespace stack::tcp {

seq initial_sequence(secrets const& from, four_tuple const& tuple, instant now) {
    auto const clock =
        static_cast<std::uint32_t>((now + from.ahead).time_since_epoch() / limits::isn_tick);
    return seq(clock + static_cast<std::uint32_t>(hash_of(from.sequence, tuple)));
}

}  // namespace stack::tcp
