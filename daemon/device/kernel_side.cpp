#include "daemon/device/kernel_side.hpp"

#include "daemon/host/kernel_address.hpp"
#include "daemon/host/preflight.hpp"
#include "daemon/host/preflight_facts.hpp"

#include <net/if.h>

namespace tcpplexd {

namespace {

using kind = stack::interface_settings::kind;

stack::address kernel_end(host_interface const& host, std::size_t index,
                          stack::settings const& planned) {
    std::vector<stack::address> next_hops;
    for (auto const& route : planned.routes)
        if (route.interface == index) next_hops.push_back(route.gateway);
    return kernel_address(host, planned.interfaces[index].host, next_hops,
                          if_nametoindex(host.tun.c_str()));
}

preflight_needs needs_of(host_settings const& host, stack::settings const& planned) {
    preflight_needs needs;
    needs.announced_links = host.announce;
    for (std::size_t i = 0; i < planned.interfaces.size(); ++i) {
        auto const& each = planned.interfaces[i];
        if (each.type != kind::loopback && each.type != kind::xcf) needs.own.push_back(each.host);
        if (each.type != kind::device || !each.active) continue;
        if (auto const device = device_behind(host, each.name)) {
            needs.devices.push_back(device->tun);
            if (!each.host.is_v4()) needs.ipv6_devices.push_back(device->tun);
            needs.kernel_addresses.push_back(kernel_end(*device, i, planned));
        }
    }
    for (auto const& each : planned.dvipas) {
        needs.own.push_back(each.host);
        if (each.part != stack::dvipa_settings::role::owner)
            needs.foreign_sources.push_back(each.host);
    }
    std::vector<stack::prefix> destinations;
    std::vector<stack::prefix> destinations6;
    for (auto const& route : planned.routes)
        (route.destination.network.is_v4() ? destinations : destinations6)
            .push_back(route.destination);
    needs.forwarding = needs_forwarding(destinations, needs.kernel_addresses);
    needs.forwarding6 = needs_forwarding(destinations6, needs.kernel_addresses);
    return needs;
}

}  // namespace

host_result<void> prepare_kernel_side(kernel_network& kernel, host_interface const& host,
                                      std::size_t index, stack::settings const& planned) {
    return prepare_device(kernel, host.tun, kernel_end(host, index, planned));
}

std::vector<std::string> obstacles(kernel_network& kernel, host_settings const& host,
                                   stack::settings const& planned) {
    auto const needs = needs_of(host, planned);
    auto const facts = read_facts(kernel, needs);
    if (!facts) return {facts.error().message};
    std::vector<std::string> result;
    for (auto const& each : check(needs, *facts))
        result.push_back(to_string(each));
    return result;
}

}  // namespace tcpplexd
