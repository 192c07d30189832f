// How VIPADISTRIBUTE chooses the stack that gets a connection.
#pragma once

#include <cstdint>
#include <string_view>

namespace parser {

enum class distribution_method : std::uint8_t {
    base_wlm,
    server_wlm,
    round_robin,
    weighted_active,
    hot_standby
};
/// As DISTMETHOD names it.
constexpr std::string_view to_string(distribution_method method) {
    switch (method) {
        case distribution_method::base_wlm:
            return "BASEWLM";
        case distribution_method::server_wlm:
            return "SERVERWLM";
        case distribution_method::round_robin:
            return "ROUNDROBIN";
        case distribution_method::weighted_active:
            return "WEIGHTEDACTIVE";
        case distribution_method::hot_standby:
            return "HOTSTANDBY";
    }
    return "";
}

/// PREFERRED, or BACKUP with its rank.
struct standby_role {
    bool preferred = false;
    std::uint8_t rank = 1;  ///< 1..254, the highest is the first to stand in

    friend bool operator==(standby_role const&, standby_role const&) = default;
};

}  // namespace parser
