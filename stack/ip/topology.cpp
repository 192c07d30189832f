#include "stack/ip/topology.hpp"

#include "stack/ip/input.hpp"

#include <algorithm>

namespace stack::ip {

topology::topology() : settings_(std::make_shared<stack::settings>()) {}

void topology::configure(std::shared_ptr<stack::settings const> next) {
    settings_ = std::move(next);
    interfaces_.clear();
    dvipas_.clear();
    routes_.clear();
    for (std::size_t i = 0; i < settings_->interfaces.size(); ++i)
        interfaces_.push_back({settings_->interfaces[i].host, i});
    for (std::size_t i = 0; i < settings_->dvipas.size(); ++i)
        dvipas_.push_back({settings_->dvipas[i].host, i});
    sort(interfaces_);
    sort(dvipas_);
    for (auto const& route : settings_->routes) {
        if (route.interface >= settings_->interfaces.size()) continue;
        auto const& out = settings_->interfaces[route.interface];
        if (!out.active || out.type != interface_settings::kind::device) continue;
        std::uint16_t const mtu = route.mtu == 0 ? out.mtu : std::min(route.mtu, out.mtu);
        routes_.push_back({route.destination, {route.interface, mtu}});
    }
    std::stable_sort(routes_.begin(), routes_.end(), [](row const& a, row const& b) {
        return a.destination.length > b.destination.length;
    });
}

interface_settings const* topology::interface_of(address const& host) const {
    auto const index = find(interfaces_, host);
    return index ? &settings_->interfaces[*index] : nullptr;
}

dvipa_settings const* topology::dvipa(address const& host) const {
    auto const index = find(dvipas_, host);
    return index ? &settings_->dvipas[*index] : nullptr;
}

bool topology::is_local(address const& host) const {
    return is_loopback(host) || interface_of(host) != nullptr || dvipa(host) != nullptr;
}

bool topology::is_active(address const& host) const {
    if (is_loopback(host) || dvipa(host) != nullptr) return true;
    auto const* const interface = interface_of(host);
    return interface != nullptr && interface->active;
}

std::optional<route> topology::find_route(address const& destination) const {
    for (auto const& entry : routes_)
        if (entry.destination.contains(destination)) return entry.way;
    return std::nullopt;
}

std::uint16_t topology::smallest_mtu() const {
    std::uint16_t smallest = 0;
    for (auto const& interface : settings_->interfaces) {
        if (interface.type != interface_settings::kind::device || !interface.active) continue;
        smallest = smallest == 0 ? interface.mtu : std::min(smallest, interface.mtu);
    }
    return smallest == 0 ? std::uint16_t{1500} : smallest;
}

void topology::sort(std::vector<place>& places) {
    std::stable_sort(places.begin(), places.end(),
                     [](place const& a, place const& b) { return a.host < b.host; });
}

std::optional<std::size_t> topology::find(std::vector<place> const& places, address const& host) {
    auto const at = std::lower_bound(places.begin(), places.end(), host,
                                     [](place const& a, address const& b) { return a.host < b; });
    if (at == places.end() || at->host != host) return std::nullopt;
    return at->index;
}

}  // namespace stack::ip
