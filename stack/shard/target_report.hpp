// What a stack tells the owners of DVIPAs of its own ability to take connections.
#pragma once

#include "stack/wire/endpoint.hpp"

#include <cstdint>
#include <vector>

namespace stack {

/// How much of the backlog of its server is free.
struct service_room {
    endpoint service;
    std::uint8_t percent = 100;  ///< 0: full

    friend bool operator==(service_room const&, service_room const&) = default;
};

struct target_report {
    std::uint32_t capacity = 1;          ///< hundredths of idle processors, at least 1
    std::vector<service_room> services;  ///< whose backlog is not empty: all others have room

    friend bool operator==(target_report const&, target_report const&) = default;
};

}  // namespace stack
