// Which step an update is, for messages and for the trace.
#pragma once

#include <cstdint>

namespace cf {

/// Values are stored: never renumber.
enum class step_kind : std::uint8_t {
    display = 0,  ///< only reads
    allocate = 1,
    bind = 2,
    release = 3,
    listen = 4,
    end_listen = 5,
    back_fill = 6,
    switch_on = 7,
    switch_off = 8,
    leave = 9,
    recover = 10,
    repair = 11,
    note = 12,       ///< connections have come or ended (HASHTABLE)
    take_over = 13,  ///< the DVIPA, as its owner
    hand_over = 14,
};
inline constexpr std::uint8_t step_kind_count = 15;

/// "allocate", "back-fill", ...
char const* name_of(step_kind step);

}  // namespace cf
