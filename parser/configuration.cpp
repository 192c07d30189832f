#include "parser/configuration.hpp"

#include <algorithm>

namespace parser {

interface_configuration const* configuration::find_interface(std::string_view name) const {
    auto const found = std::find_if(interfaces.begin(), interfaces.end(),
                                    [&](auto const& interface) { return interface.name == name; });
    return found == interfaces.end() ? nullptr : &*found;
}

dvipa_configuration const* configuration::find_dvipa(ip_address const& address) const {
    auto const found = std::find_if(dvipas.begin(), dvipas.end(),
                                    [&](auto const& dvipa) { return dvipa.address == address; });
    return found == dvipas.end() ? nullptr : &*found;
}

dvipa_configuration const* configuration::find_dvipa(std::string_view interface) const {
    auto const found = std::find_if(dvipas.begin(), dvipas.end(), [&](auto const& dvipa) {
        return !dvipa.interface.empty() && dvipa.interface == interface;
    });
    return found == dvipas.end() ? nullptr : &*found;
}

std::optional<ip_address> configuration::address_of(std::string_view interface) const {
    if (auto const* found = find_interface(interface)) return found->address;
    if (auto const* found = find_dvipa(interface)) return found->address;
    return std::nullopt;
}

bool configuration::has_ipv6() const {
    return ip6.xcf ||
           std::any_of(interfaces.begin(), interfaces.end(),
                       [](auto const& each) { return !each.address.is_v4(); }) ||
           std::any_of(dvipas.begin(), dvipas.end(),
                       [](auto const& each) { return !each.address.is_v4(); }) ||
           std::any_of(ranges.begin(), ranges.end(),
                       [](auto const& each) { return !each.network.network.is_v4(); });
}

vipa_range const* configuration::find_range(ip_address const& address) const {
    vipa_range const* best = nullptr;
    for (auto const& range : ranges) {
        bool const better = best == nullptr || range.network.length > best->network.length;
        if (better && range.network.contains(address)) best = &range;
    }
    return best;
}

std::optional<port_sharing> configuration::sharing(ip_address const& dvipa) const {
    if (auto const* found = find_dvipa(dvipa)) {
        if (found->sharing) return found->sharing;
        for (auto const& distribution : found->distributions)
            if (distribution.sharing) return distribution.sharing;
    }
    auto const* range = find_range(dvipa);
    return range != nullptr ? range->sharing : std::nullopt;
}

char const* to_string(sharing_form form) {
    switch (form) {
        case sharing_form::bitmap:
            return "BITMAP";
        case sharing_form::list:
            return "LIST";
        case sharing_form::hashtable:
            break;
    }
    return "HASHTABLE";
}

char const* to_string(change_kind kind) {
    switch (kind) {
        case change_kind::device_added:
            return "deviceAdded";
        case change_kind::device_deleted:
            return "deviceDeleted";
        case change_kind::interface_added:
            return "interfaceAdded";
        case change_kind::interface_started:
            return "interfaceStarted";
        case change_kind::interface_stopped:
            return "interfaceStopped";
        case change_kind::routes_replaced:
            return "routesReplaced";
        case change_kind::ip_changed:
            return "ipChanged";
        case change_kind::tcp_changed:
            return "tcpChanged";
        case change_kind::udp_changed:
            return "udpChanged";
        case change_kind::port_added:
            return "portAdded";
        case change_kind::port_deleted:
            return "portDeleted";
        case change_kind::sources_replaced:
            return "sourcesReplaced";
        case change_kind::global_changed:
            return "globalChanged";
        case change_kind::dvipa_added:
            return "dvipaAdded";
        case change_kind::dvipa_changed:
            return "dvipaChanged";
        case change_kind::dvipa_deleted:
            return "dvipaDeleted";
        case change_kind::distribution_added:
            return "distributionAdded";
        case change_kind::distribution_changed:
            return "distributionChanged";
        case change_kind::distribution_deleted:
            return "distributionDeleted";
        case change_kind::range_added:
            return "rangeAdded";
        case change_kind::range_changed:
            return "rangeChanged";
        case change_kind::range_deleted:
            return "rangeDeleted";
        case change_kind::vipa_route_added:
            return "vipaRouteAdded";
        case change_kind::vipa_route_deleted:
            return "vipaRouteDeleted";
        case change_kind::sharing_on:
            return "sharingOn";
        case change_kind::sharing_off:
            break;
    }
    return "sharingOff";
}

}  // namespace parser
