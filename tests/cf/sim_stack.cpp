#include "sim_stack.hpp"

#include <algorithm>

namespace cf::sim {

namespace {

// Steps differ in how often they run by three orders of magnitude; the rare ones need the higher
// chance.
std::uint64_t one_in(std::string const& point) {
    // Making a list writes a link for every port: with a higher chance no stack lives to use it.
    if (point.find("link") != std::string::npos && point.starts_with("switch ")) return 4000;
    for (auto const* rare :
         {"switch off", "leave", "repair", "release: before settings", "release: after settings",
          "set-by", "release: before users", "release: after users", "release: before backfilled",
          "release: after backfilled", "switch on: "})
        if (point.find(rare) != std::string::npos) return 6;
    for (auto const* frequent : {"allocate", "release", "bind"})
        if (point.starts_with(frequent)) return 400;
    return 40;
}

}  // namespace

std::size_t crash_points::covered() const {
    return static_cast<std::size_t>(std::count_if(
        seen.begin(), seen.end(), [](auto const& point) { return point.second.second != 0; }));
}

void random_faults::reach(std::string const& point) {
    if (!armed) return;
    auto& [passed, died] = points_.seen[point];
    ++passed;
    if (random_() % (point == target_ ? 2 : one_in(point)) != 0) return;
    ++died;
    throw memory::crashed{};
}

bool simulated_stack::uses_port(std::uint16_t port) const {
    return std::any_of(uses.begin(), uses.end(), [&](use const& one) { return one.port == port; });
}

bool simulated_stack::is_live_to_common_peer(std::uint16_t port) const {
    return std::any_of(uses.begin(), uses.end(),
                       [&](use const& one) { return one.port == port && one.common_peer; });
}

std::set<std::uint16_t> simulated_stack::ports() const {
    std::set<std::uint16_t> all;
    for (auto const& one : uses)
        all.insert(one.port);
    return all;
}

void simulated_stack::forget() {
    cf.reset();
    uses.clear();
    services.clear();
    unreleased.clear();
    to_recover.clear();
    uncertain = 0;
}

}  // namespace cf::sim
