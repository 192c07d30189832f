// What a stack tells the owners of DVIPAs of its own ability to take connections.
#pragma once

#include "stack/tcp/service_counts.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace stack {

/// How a target's server has done in the last seconds, per cent.
struct service_health {
    endpoint service;
    std::uint8_t room = 100;         ///< of the backlog, that is free now; 0: full
    std::uint8_t established = 100;  ///< CER: of the handshakes that ended, those completed
    std::uint8_t accepted = 100;     ///< SEF: of the connections it could have taken, those it has
    std::uint32_t refused = 0;       ///< connections that found the backlog full in the last second

    friend bool operator==(service_health const&, service_health const&) = default;
};

struct target_report {
    std::uint32_t capacity = 1;            ///< hundredths of idle processors, at least 1
    std::vector<service_health> services;  ///< that are not as well as can be

    friend bool operator==(target_report const&, target_report const&) = default;
};

/// What the listeners of each service have counted.
using served_services = std::map<endpoint, tcp::service_counts>;

}  // namespace stack
