// A sysplex of several stacks on etcd, a partner, two networks, and what may happen to them.
#pragma once

#include "way.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace sim {

/// What one run was like.
struct verdict {
    std::string broken;  ///< the first invariant that did not hold; or nothing
    std::uint64_t connections = 0, echoed = 0, inbound = 0;
    int deaths = 0, fenced = 0, pauses = 0, cuts = 0, expired = 0, outages = 0, moves = 0;
    std::vector<std::string> log;  ///< the last messages of all stacks
};

struct scenario {
    std::uint64_t seed = 1;
    bool grace = true;  ///< false: the ports of the dead are free at once, the negative control
};

/// One whole run. Threads of dead stacks are left behind: the caller ends its process
/// with _exit().
verdict run(scenario const& how, crash_points& points);

}  // namespace sim
