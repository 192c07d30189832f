#include "parser/apply/application.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <compare>

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

/// By destination, first hop (none: directly connected) and interface: routes that agree in these
/// are the same.
std::weak_ordering compare(route_configuration const& one, route_configuration const& other) {
    if (auto const order = one.destination <=> other.destination; order != 0) return order;
    if (auto const order = one.gateway <=> other.gateway; order != 0) return order;
    return one.interface <=> other.interface;
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
    if (route.destination.network != wanted.destination.value)
        return run.error(
            wanted.destination.where,
            fmt::format("{} has bits beyond its mask", wanted.destination.value.to_string()),
            fmt::format("did you mean {}?", route.destination.to_string()));
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
    run.route_places.push_back({run.next.routes.size(), wanted.destination.where});
    run.next.routes.push_back(std::move(route));
}

void settle_routes(application& run) {
    // One sort costs a fraction of a tree that grows by each route.
    auto const& routes = run.next.routes;
    auto& places = run.route_places;
    auto const order = [&](application::route_place const& one,
                           application::route_place const& other) {
        return compare(routes[one.route], routes[other.route]);
    };
    std::stable_sort(places.begin(), places.end(),
                     [&](auto const& one, auto const& other) { return order(one, other) < 0; });
    std::vector<application::route_place> again;
    for (std::size_t i = 1; i < places.size(); ++i)
        if (order(places[i - 1], places[i]) == 0) again.push_back(places[i]);
    std::ranges::sort(again, {}, [](auto const& each) { return each.where.begin; });
    for (auto const& each : again)
        run.error(each.where,
                  fmt::format("route {} conflicts with previous route definitions",
                              routes[each.route].destination.to_string()),
                  "remove one of them", "EZZ0686I");
}

}  // namespace parser
