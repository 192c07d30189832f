#include "stack/dvipa/target_choice.hpp"

#include <algorithm>

namespace stack::dvipa {

namespace {

/// first(position) for each, from whose turn it is on, until one is true.
template <class Wanted>
std::size_t in_turn(std::size_t count, std::size_t turn, Wanted&& wanted) {
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const at = (turn + i) % count;
        if (wanted(at)) return at;
    }
    return no_target;
}

bool responds(destination const& target) {
    return target.responsiveness() != 0;
}

std::size_t round_robin(std::span<destination> targets, choice_state& state) {
    auto const next = [&](auto&& wanted) { return in_turn(targets.size(), state.turn, wanted); };
    auto at = next([&](std::size_t i) { return targets[i].ready && responds(targets[i]); });
    if (at == no_target) at = next([&](std::size_t i) { return targets[i].ready; });
    if (at != no_target) state.turn = at + 1;
    return at;
}

/// Smooth weighted round robin: each gains its weight, who has most is chosen and pays what all
/// have gained. In each row of as many connections as the weights' sum every target has its weight,
/// evenly spread.
std::size_t by_reported_weight(distribution_settings const& rule, std::span<destination> targets,
                               choice_state& state) {
    auto const highest = highest_capacity(targets);
    std::int64_t sum = 0;
    std::size_t best = no_target;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        auto& each = targets[i];
        if (!each.ready) continue;
        auto const weight =
            static_cast<std::int64_t>(reported_weight(rule.method, each, highest) * each.factor);
        if (weight == 0) continue;
        sum += weight;
        each.credit += weight;
        if (best == no_target || each.credit > targets[best].credit) best = i;
    }
    if (best == no_target) return round_robin(targets, state);  // there is no better one
    targets[best].credit -= sum;
    return best;
}

/// Who would have the fewest connections for its weight(position).
template <class Weight>
std::size_t least_active(std::span<destination> targets, choice_state& state, Weight&& weight) {
    std::size_t best = no_target;
    in_turn(targets.size(), state.turn, [&](std::size_t i) {
        if (!targets[i].ready || weight(i) == 0) return false;
        if (best == no_target || (targets[i].active + std::uint64_t{1}) * weight(best) <
                                     (targets[best].active + std::uint64_t{1}) * weight(i))
            best = i;
        return false;
    });
    if (best != no_target) state.turn = best + 1;
    return best;
}

std::size_t weighted_active(distribution_settings const& rule, std::span<destination> targets,
                            choice_state& state) {
    auto const configured = [&](std::size_t i) {
        return std::uint64_t{rule.targets[i].weight} * targets[i].factor;
    };
    auto const best = least_active(
        targets, state, [&](std::size_t i) { return configured(i) * targets[i].responsiveness(); });
    return best != no_target ? best : least_active(targets, state, configured);
}

/// The preferred one, else the backup of the highest rank, of those that `fits(position)`.
template <class Fits>
std::size_t first_in_rank(distribution_settings const& rule, Fits&& fits) {
    std::size_t best = no_target;
    auto const rank = [&](std::size_t i) {
        auto const& each = rule.targets[i];
        return each.preferred ? 255 : int{each.rank};
    };
    for (std::size_t i = 0; i < rule.targets.size(); ++i)
        if (fits(i) && (best == no_target || rank(i) > rank(best))) best = i;
    return best;
}

std::size_t hot_standby(distribution_settings const& rule, std::span<destination> targets,
                        choice_state& state) {
    auto const ready = [&](std::size_t i) { return targets[i].ready; };
    // Who has been left is not taken again at the first sign of life: it would be left again soon.
    auto const healthy = [&](std::size_t i) {
        constexpr std::uint8_t recovered = 50;
        auto const least = i == state.standing ? std::uint8_t{1} : recovered;
        return ready(i) && (targets[i].responsiveness() >= least || !rule.health_switch);
    };
    auto best = first_in_rank(rule, healthy);
    bool const stays = state.standing < targets.size() && healthy(state.standing) &&
                       !(rule.switch_back && best != no_target && rule.targets[best].preferred);
    if (!stays && best == no_target)
        best = first_in_rank(rule, [&](std::size_t i) { return ready(i) && responds(targets[i]); });
    // Where none responds a switch helps nobody.
    if (!stays && best != no_target)
        state.standing = best;
    else if (!stays && !(state.standing < targets.size() && ready(state.standing)))
        state.standing = first_in_rank(rule, ready);
    return state.standing;
}

}  // namespace

std::uint32_t highest_capacity(std::span<destination const> targets) {
    std::uint32_t highest = 1;
    for (auto const& each : targets)
        highest = std::max(highest, each.capacity);
    return highest;
}

std::uint64_t reported_weight(distribution_method method, destination const& target,
                              std::uint32_t highest) {
    // Who has not reported yet may have as much to offer as any.
    std::uint64_t const capacity =
        target.capacity == destination::unreported ? highest : target.capacity;
    auto const weight = capacity * target.responsiveness();
    return method == distribution_method::server_wlm ? weight * target.room : weight;
}

std::size_t choose(distribution_settings const& rule, std::span<destination> targets,
                   choice_state& state) {
    switch (rule.method) {
        case distribution_method::base_wlm:
        case distribution_method::server_wlm:
            return by_reported_weight(rule, targets, state);
        case distribution_method::round_robin:
            return round_robin(targets, state);
        case distribution_method::weighted_active:
            return weighted_active(rule, targets, state);
        case distribution_method::hot_standby:
            return hot_standby(rule, targets, state);
    }
    return no_target;
}

}  // namespace stack::dvipa
