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
    interfaces_.clear();
    dvipas_.clear();
    for (std::size_t i = 0; i < settings_->interfaces.size(); ++i)
        interfaces_.push_back({settings_->interfaces[i].host, i});
    for (std::size_t i = 0; i < settings_->dvipas.size(); ++i)
        dvipas_.push_back({settings_->dvipas[i].host, i});
    sort(interfaces_);
    sort(dvipas_);
    routes_.configure(*settings_);
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
