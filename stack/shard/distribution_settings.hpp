// Which stacks get the connections to ports of a DVIPA, and how its owner chooses among them.
#pragma once

#include "stack/shard/member.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace stack {

/// VIPADISTRIBUTE DISTMETHOD.
enum class distribution_method : std::uint8_t {
    base_wlm,         ///< in proportion to the idle processors that the targets report
    server_wlm,       ///< the same, by the room in the backlog of each target's server, too
    round_robin,      ///< each in turn
    weighted_active,  ///< connections that there are stay in proportion to configured weights
    hot_standby       ///< one has all, others stand by
};

/// A stack that may get connections.
struct distribution_target {
    member_id who;
    std::uint8_t weight = 10;  ///< weighted_active, 0..99; 0: no connection
    bool preferred = false;    ///< hot_standby
    std::uint8_t rank = 1;     ///< hot_standby, 1..254: the highest is the first to stand in

    friend bool operator==(distribution_target const&, distribution_target const&) = default;
};

/// One item of the PORT list of a VIPADISTRIBUTE.
struct distribution_settings {
    /// Both 0: every port that a server listens on and no other item names.
    std::uint16_t first_port = 0;
    std::uint16_t last_port = 0;
    distribution_method method = distribution_method::base_wlm;
    bool switch_back = true;          ///< hot_standby: to the preferred one as soon as it is ready
    bool health_switch = true;        ///< hot_standby: away from a server that does not respond
    std::chrono::seconds affinity{};  ///< TIMEDAFFINITY; zero: none
    /// OPTLOCAL: what a target itself connects to stays there if its server can take it; from 2 on
    /// a factor instead for its weight, where the method has weights. Nothing: NOOPTLOCAL.
    std::optional<std::uint8_t> opt_local;
    std::vector<distribution_target> targets;  ///< those that are there, each once

    bool names(std::uint16_t port) const { return first_port <= port && port <= last_port; }
    bool is_dynamic() const { return last_port == 0; }
    bool has_weights() const {
        return method != distribution_method::round_robin &&
               method != distribution_method::hot_standby;
    }
    bool stays_local() const { return opt_local && (*opt_local <= 1 || !has_weights()); }
    /// By what the weight of the stack counts that a connection comes from.
    std::uint8_t local_factor() const {
        return opt_local && !stays_local() ? *opt_local : std::uint8_t{1};
    }
    distribution_target const* target(member_id who) const {
        auto const found = std::find_if(targets.begin(), targets.end(),
                                        [&](auto const& each) { return each.who == who; });
        return found == targets.end() ? nullptr : &*found;
    }
    friend bool operator==(distribution_settings const&, distribution_settings const&) = default;
};

}  // namespace stack
