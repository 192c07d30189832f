// Three stacks and the memory facility in one process and virtual time, with crashes between any
// two writes.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace cf::sim {

/// Places where a stack may crash, over all runs: how often each was passed, how often a stack died
/// there.
struct crash_points {
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> seen;
    std::size_t covered() const;
};

struct scenario {
    std::uint64_t seed = 1;
    std::string target{};     ///< a crash point to crash at more often than by chance
    bool coordinated = true;  ///< false: every stack picks ports on its own, the negative control
};

struct verdict {
    std::string broken;  ///< the first invariant that did not hold, with time and stack; or nothing
    int collisions = 0;  ///< 4-tuples found live on two stacks
    int crashes = 0;     ///< stacks that died, inside an update or elsewhere
    int connections = 0;  ///< opened with a port from the facility
    int adopted = 0;      ///< ports recorded by back-fill
    int switched_on = 0;  ///< barriers that opened
    int replayed = 0;     ///< ports whose taking the trace showed, each free before
};

verdict run(scenario const& how, crash_points& points);

}  // namespace cf::sim
