// When a connection is to be looked at again.
#pragma once

#include "stack/core/time.hpp"

#include <algorithm>

namespace stack::tcp {

inline constexpr instant never = instant::max();

/// There only while the connection waits for something: see timers.hpp.
struct deadlines {
    instant retransmission = never;   ///< or what else rtx_kind says
    instant acknowledgement = never;  ///< delayed acknowledgement
    instant idle = never;             ///< end of patience, see option/idle.cpp
    instant challenge = never;        ///< no challenge ACK before

    instant earliest() const {
        return std::min({retransmission, acknowledgement, idle, challenge});
    }
};

}  // namespace stack::tcp
