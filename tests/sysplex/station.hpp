// The places of the simulated sysplex, each with the stack that runs there.
#pragma once

#include "node.hpp"
#include "scheduler.hpp"
#include "way.hpp"

#include <memory>
#include <string>
#include <vector>

namespace sim {

/// A place for a stack: its name, its machine, and its incarnation that runs there, if one does.
struct station {
    std::string name;
    std::unique_ptr<process> machine;
    way to_etcd;
    node* running = nullptr;
    std::uint64_t echoed = 0;  ///< by earlier incarnations, and of this one when the calm began
    nanos spared_until = 0;    ///< from cuts and pauses
};

using stations = std::vector<std::unique_ptr<station>>;

/// Its way to etcd is without faults, and it runs.
void make_whole(station& one);
/// Who acts as the owner of the DVIPA, or nothing.
station* owner_among(stations const& all);
/// A stack that has made no three connections since it was looked at last, in words.
std::string idle_stack(stations const& all);
/// What each stack still has to do, in words.
std::string what_is_left(stations const& all);

}  // namespace sim
