#include "stack/ip/topology.hpp"

#include "stack/ip/input.hpp"

#include <algorithm>

namespace stack::ip {
namespace {

bool is_device_of(interface_settings const& interface, bool v4) {
    return interface.type == interface_settings::kind::device && interface.active &&
           interface.host.is_v4() == v4;
}

}  // namespace

topology::topology(siphash_key const& key)
    : settings_(std::make_shared<stack::settings>()), routes_(key) {}

void topology::configure(std::shared_ptr<stack::settings const> next) {
    settings_ = std::move(next);
    places_.clear();
    for (auto const& interface : settings_->interfaces)
        places_.push_back({interface.host, {&interface}});
    for (auto const& dvipa : settings_->dvipas)
        places_.push_back({dvipa.host, {nullptr, &dvipa}});
    std::stable_sort(places_.begin(), places_.end(),
                     [](place const& a, place const& b) { return a.host < b.host; });
    // Of several with one address the first counts.
    std::size_t kept = 0;
    for (auto const& next_place : places_) {
        if (kept == 0 || places_[kept - 1].host != next_place.host) {
            places_[kept++] = next_place;
            continue;
        }
        auto& what = places_[kept - 1].what;
        if (what.interface == nullptr) what.interface = next_place.what.interface;
        if (what.dvipa == nullptr) what.dvipa = next_place.what.dvipa;
    }
    places_.resize(kept);
    routes_.configure(*settings_);
}

topology::standing topology::of(address const& host) const {
    auto const at = std::lower_bound(places_.begin(), places_.end(), host,
                                     [](place const& a, address const& b) { return a.host < b; });
    standing found;
    if (at != places_.end() && at->host == host) found = at->what;
    found.loopback = host.is_loopback();
    return found;
}

bool topology::is_active(address const& host) const {
    auto const what = of(host);
    // Moving: for connections that there are, and no others.
    return what.loopback ||
           (what.dvipa != nullptr && what.dvipa->part != dvipa_settings::role::moving) ||
           (what.interface != nullptr && what.interface->active);
}

std::optional<address> topology::address_for(std::size_t index, bool v4) const {
    auto const& all = settings_->interfaces;
    if (all[index].host.is_v4() == v4) return all[index].host;
    for (auto const& interface : all)
        if (is_device_of(interface, v4)) return interface.host;
    return std::nullopt;
}

std::uint16_t topology::smallest_mtu(bool v4) const {
    std::uint16_t smallest = 0;
    for (auto const& interface : settings_->interfaces) {
        if (!is_device_of(interface, v4)) continue;
        std::uint16_t const mtu = usable_mtu(interface.mtu, v4);
        smallest = smallest == 0 ? mtu : std::min(smallest, mtu);
    }
    return smallest == 0 ? std::uint16_t{1500} : smallest;
}

}  // namespace stack::ip
