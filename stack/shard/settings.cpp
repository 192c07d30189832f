#include "stack/shard/settings.hpp"

#include <algorithm>

namespace stack {

distribution_settings const* dvipa_settings::distribution_of(std::uint16_t port) const {
    distribution_settings const* dynamic = nullptr;
    for (auto const& each : distributions) {
        if (each.names(port)) return &each;
        if (each.is_dynamic()) dynamic = &each;
    }
    return dynamic;
}

bool dvipa_settings::serves(std::uint16_t port) const {
    return std::any_of(distributions.begin(), distributions.end(),
                       [&](auto const& each) { return each.names(port); });
}

bool dvipa_settings::is_target(member_id who) const {
    return std::any_of(distributions.begin(), distributions.end(), [&](auto const& each) {
        return std::any_of(each.targets.begin(), each.targets.end(),
                           [&](auto const& target) { return target.who == who; });
    });
}

}  // namespace stack
