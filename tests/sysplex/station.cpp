#include "station.hpp"

#include <algorithm>

namespace sim {

void make_whole(station& one) {
    one.to_etcd.cut = one.to_etcd.deadly = false;
    one.to_etcd.loss = one.to_etcd.late = 1'000'000'000;
    if (one.machine) one.machine->paused = false;
}

station* owner_among(stations const& all) {
    auto const found = std::find_if(all.begin(), all.end(), [](auto const& one) {
        return one->running != nullptr && !one->machine->dead && one->running->is_owner();
    });
    return found == all.end() ? nullptr : found->get();
}

std::string idle_stack(stations const& all) {
    for (auto const& one : all) {
        if (one->running == nullptr) return one->name + ", which is not there";
        auto const& counts = one->running->counts();
        if (counts.echoed < one->echoed + 3)
            return one->name + ", after " + std::to_string(counts.asked) + " tries, " +
                   std::to_string(counts.connected) + " connected, " +
                   std::to_string(counts.echoed) + " echoed, live " +
                   std::to_string(one->running->live()) + ": " + one->running->states();
    }
    return {};
}

std::string what_is_left(stations const& all) {
    std::string text;
    for (auto const& one : all) {
        if (one->running == nullptr) continue;
        text += "; " + one->name + ": " + std::to_string(one->running->live()) + " live, " +
                std::to_string(one->running->uses().size()) + " ports" +
                (one->running->is_idle() ? "" : ", more to do") + one->running->states();
    }
    return text;
}

}  // namespace sim
