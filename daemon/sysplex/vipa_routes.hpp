// What the VIPAROUTE statements of all stacks mean for one of them.
#pragma once

#include "daemon/sysplex/roles.hpp"
#include "stack/shard/settings.hpp"

#include <string_view>
#include <vector>

namespace tcpplexd {

/// GLOBALCONFIG ADJUSTDVIPAMSS: which connections announce an MSS that leaves room for a tunnel's
/// headers.
enum class mss_adjustment {
    automatic,  ///< those with a distributed DVIPA that some stack has a VIPAROUTE to here for
    all,        ///< those with any DVIPA
    none
};

/// Puts the tunnels of `members`' first, which is this stack, into its settings, and takes targets
/// out of its distributions that a VIPAROUTE leads to and no route does: they count as if XCF did
/// not reach them (IP Configuration Reference, VIPAROUTE).
void add_vipa_routes(stack::settings& to, std::vector<group_member> const& members,
                     mss_adjustment how);

struct vipa_route_state {
    enum class kind {
        defined,  ///< no stack of the group has the XCF address now
        active,
        inactive  ///< there is no route
    };
    vipa_route route;
    kind status = kind::defined;
};

/// Those of this stack, `members`' first.
std::vector<vipa_route_state> vipa_route_states(stack::settings const& of,
                                                std::vector<group_member> const& members);

}  // namespace tcpplexd
