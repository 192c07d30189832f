#include "parser/apply/application.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

bool accept_interface(application& run, spanned_name const& name, ip_address const& to) {
    auto const* interface = run.find.interface(name.value);
    if (interface == nullptr) {
        std::string const near = near_interface(run, name.value);
        run.missing(name.where, fmt::format("interface {} is not defined", name.value),
                    near.empty() ? "define it before BEGINROUTES" : near);
        return false;
    }
    if (interface->address.is_v4() != to.is_v4()) {
        run.error(
            name.where,
            fmt::format("interface {} has an {} address", name.value, to.is_v4() ? "IPv6" : "IPv4"),
            fmt::format("name an {} interface", to.is_v4() ? "IPAQENET" : "IPAQENET6"));
        return false;
    }
    if (interface->kind != interface_kind::virtual_) return true;
    run.error(name.where,
              fmt::format("interface {} is VIRTUAL: nothing goes out through it", name.value),
              "name the interface that leads there");
    return false;
}

}  // namespace

void carry_out(application& run, begin_routes_statement const&) {
    // The first block of a file replaces the static routes, the others add to it.
    if (!run.routes_begun) run.next.routes.clear();
    run.routes_begun = true;
}

void carry_out(application& run, route_statement const& wanted) {
    route_configuration route{network_of(wanted.destination.value, wanted.prefix_length),
                              wanted.gateway, wanted.interface.value, wanted.mtu,
                              wanted.replaceable};
    std::string const network = route.destination.to_string();
    if (route.destination.network != wanted.destination.value)
        return run.error(
            wanted.destination.where,
            fmt::format("{} has bits beyond its mask", wanted.destination.value.to_string()),
            fmt::format("did you mean {}?", network));
    if (!accept_interface(run, wanted.interface, route.destination.network)) return;
    if (route.gateway && route.gateway->is_v4() != route.destination.network.is_v4())
        return run.error(wanted.destination.where,
                         fmt::format("the first hop {} is an address of the other family",
                                     route.gateway->to_string()),
                         "name a router's address of the destination's family");
    if (!route.destination.network.is_v4() && route.mtu && *route.mtu < 1280)
        return run.error(wanted.destination.where,
                         fmt::format("MTU {} is too small for IPv6", *route.mtu),
                         "write 1280 or more (RFC 8200 5)");
    if (route.gateway && !run.find.holder_in_home(*route.gateway).empty())
        return run.error(
            wanted.destination.where,
            fmt::format("the first hop {} is this stack itself", route.gateway->to_string()),
            "write = for a network that is directly connected");
    auto const& [host, length] = route.destination;
    if (!run.routes_seen.emplace(host, length, route.gateway, route.interface).second)
        return run.error(wanted.destination.where,
                         fmt::format("route {} conflicts with previous route definitions", network),
                         "remove one of them", "EZZ0686I");
    run.next.routes.push_back(std::move(route));
}

}  // namespace parser
