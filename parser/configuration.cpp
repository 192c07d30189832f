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

}  // namespace parser
