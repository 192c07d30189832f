#include "stack/ip/routes.hpp"

#include "stack/wire/ipv6.hpp"

#include <algorithm>

namespace stack::ip {

std::uint16_t usable_mtu(std::uint16_t mtu, bool v4) {
    constexpr std::uint16_t ipv4_least_mtu = 68;
    return std::max(mtu, v4 ? ipv4_least_mtu : wire::ipv6_least_mtu);
}

void routes::configure(settings const& from) {
    groups_.clear();
    multipath_v4_ = from.ip.multipath;
    multipath_v6_ = from.ip6.multipath;
    for (auto const& route : from.routes) {
        if (route.interface >= from.interfaces.size()) continue;
        auto const& out = from.interfaces[route.interface];
        if (!out.active || out.type != interface_settings::kind::device) continue;
        bool const v4 = route.destination.network.is_v4();
        std::uint16_t const mtu = route.mtu == 0 ? out.mtu : std::min(route.mtu, out.mtu);
        group_of(route.destination)
            .rows.push_back({route.destination.network.masked(route.destination.length),
                             {route.interface, usable_mtu(mtu, v4)}});
    }
    std::sort(groups_.begin(), groups_.end(),
              [](group const& a, group const& b) { return a.length > b.length; });
    for (auto& length : groups_)
        std::stable_sort(length.rows.begin(), length.rows.end(),
                         [](row const& a, row const& b) { return a.network < b.network; });
}

routes::group& routes::group_of(prefix const& destination) {
    bool const v4 = destination.network.is_v4();
    for (auto& known : groups_)
        if (known.v4 == v4 && known.length == destination.length) return known;
    groups_.push_back({v4, destination.length, {}});
    return groups_.back();
}

std::optional<route> routes::find(address const& source, address const& destination) const {
    bool const v4 = destination.is_v4();
    for (auto const& candidates : groups_) {
        if (candidates.v4 != v4) continue;
        address const network = destination.masked(candidates.length);
        auto const first =
            std::lower_bound(candidates.rows.begin(), candidates.rows.end(), network,
                             [](row const& a, address const& b) { return a.network < b; });
        if (first == candidates.rows.end() || first->network != network) continue;
        if (!(v4 ? multipath_v4_ : multipath_v6_)) return first->way;
        auto const last =
            std::upper_bound(first, candidates.rows.end(), network,
                             [](address const& a, row const& b) { return a < b.network; });
        std::uint64_t const flow = hash_(four_tuple{{source, 0}, {destination, 0}});
        auto const count = static_cast<std::uint64_t>(last - first);
        return first[static_cast<std::ptrdiff_t>(flow % count)].way;
    }
    return std::nullopt;
}

}  // namespace stack::ip
