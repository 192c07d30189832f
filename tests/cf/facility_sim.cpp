// Runs the simulation of three stacks and a facility over many seeds, then without coordination,
// which must collide.
//   cf_sim [--seeds N] [--seed S]      --seed replays one; from 200 on the crash points covered
//   count
#include "sim_world.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

struct totals {
    int broken = 0, crashes = 0, connections = 0, adopted = 0, switched_on = 0, replayed = 0;

    void add(cf::sim::verdict const& one) {
        broken += one.broken.empty() ? 0 : 1;
        crashes += one.crashes;
        connections += one.connections;
        adopted += one.adopted;
        switched_on += one.switched_on;
        replayed += one.replayed;
        if (!one.broken.empty()) std::printf("BROKEN %s\n", one.broken.c_str());
    }
};

void print_uncovered(cf::sim::crash_points const& points) {
    for (auto const& [name, counts] : points.seen)
        if (counts.second == 0)
            std::printf("  not covered: %s (passed %llu times)\n", name.c_str(),
                        static_cast<unsigned long long>(counts.first));
}

/// Aims at what chance left out: up to 30 runs for each place.
void cover_the_rest(cf::sim::crash_points& points, totals& all) {
    std::vector<std::string> left;
    for (auto const& [name, counts] : points.seen)
        if (counts.second == 0) left.push_back(name);
    for (auto const& target : left)
        for (std::uint64_t seed = 1; seed <= 30 && points.seen[target].second == 0; ++seed) {
            auto const result = cf::sim::run({.seed = seed, .target = target}, points);
            all.add(result);
            if (!result.broken.empty()) std::printf("  with --target '%s'\n", target.c_str());
        }
}

}  // namespace

int main(int count, char** arguments) {
    std::uint64_t first = 1, seeds = 200;
    std::string target;
    for (int i = 1; i + 1 < count; i += 2) {
        auto value = std::strtoull(arguments[i + 1], nullptr, 10);
        if (std::string(arguments[i]) == "--seeds") seeds = value;
        if (std::string(arguments[i]) == "--seed") first = value, seeds = 1;
        if (std::string(arguments[i]) == "--target") target = arguments[i + 1];
    }
    cf::sim::crash_points points;
    totals all;
    int collisions_without = 0;
    for (auto seed = first; seed < first + seeds; ++seed) {
        all.add(cf::sim::run({.seed = seed, .target = target}, points));
        cf::sim::crash_points none;
        collisions_without +=
            cf::sim::run({.seed = seed, .coordinated = false}, none).collisions != 0 ? 1 : 0;
    }
    if (seeds >= 200) cover_the_rest(points, all);
    std::printf("%llu seeds: %d connections, %d crashes, %d barriers opened, %d ports adopted\n",
                static_cast<unsigned long long>(seeds), all.connections, all.crashes,
                all.switched_on, all.adopted);
    std::printf("ports taken in the trace, free before: %d\n", all.replayed);
    std::printf("crash points covered %zu of %zu\n", points.covered(), points.seen.size());
    print_uncovered(points);
    std::printf("without coordination %d of %llu seeds collide\n", collisions_without,
                static_cast<unsigned long long>(seeds));
    if (all.broken != 0)
        return std::printf("FAILED: %d seeds; replay with --seed\n", all.broken), 1;
    bool enough = points.covered() * 10 >= points.seen.size() * 9 && points.seen.size() >= 40;
    if (seeds >= 200 && !enough) return std::printf("FAILED: too few crash points covered\n"), 1;
    if (collisions_without < static_cast<int>(seeds))
        return std::printf("FAILED: the negative control did not collide\n"), 1;
    return 0;
}
