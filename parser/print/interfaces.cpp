// DEVICE, LINK, HOME, BSDROUTINGPARMS, INTERFACE, START and ROUTE.
#include "parser/print/entries.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

std::string text_of(interface_configuration const& interface) {
    std::string const address = interface.address.to_string();
    if (!interface.device.empty()) return fmt::format("HOME {} {}", address, interface.name);
    char const* const six = interface.address.is_v4() ? "" : "6";
    if (interface.kind == interface_kind::virtual_)
        return fmt::format("INTERFACE {} DEFINE VIRTUAL{} IPADDR {}", interface.name, six, address);
    std::string out =
        fmt::format("INTERFACE {} DEFINE IPAQENET{} PORTNAME {} IPADDR {}/{}", interface.name, six,
                    interface.port_name, address, interface.prefix_length);
    if (interface.mtu) out += fmt::format(" MTU {}", *interface.mtu);
    if (interface.source_vipa_interface)
        out += " SOURCEVIPAINTERFACE " + *interface.source_vipa_interface;
    return out;
}

/// The entry of BSDROUTINGPARMS of a link that has one.
std::string network_of(link_configuration const& link) {
    return fmt::format("BSDROUTINGPARMS TRUE {} {} 0 {} 0 ENDBSDROUTINGPARMS", link.name,
                       link.mtu ? std::to_string(*link.mtu) : "DEFAULTSIZE",
                       mask_of(*link.prefix_length).to_string());
}

std::string text_of(route_configuration const& route) {
    char const* const everything = route.destination.network.is_v4() ? "DEFAULT" : "DEFAULT6";
    return fmt::format("ROUTE {} {} {} MTU {}{}",
                       route.destination.length == 0 ? everything : route.destination.to_string(),
                       route.gateway ? route.gateway->to_string() : "=", route.interface,
                       route.mtu ? std::to_string(*route.mtu) : "DEFAULTSIZE",
                       route.replaceable ? " REPLACEABLE" : "");
}

std::string key_of(route_configuration const& route) {
    return fmt::format("ROUTE {} {} {}", route.destination.to_string(),
                       route.gateway ? route.gateway->to_string() : "=", route.interface);
}

}  // namespace

void write_interfaces(entries& into, configuration const& from) {
    for (auto const& device : from.devices)
        into.push_back(
            {"DEVICE " + device.name,
             fmt::format("DEVICE {} {}", device.name, device.is_virtual ? "VIRTUAL 0" : "MPCIPA")});
    for (auto const& link : from.links) {
        into.push_back({"LINK " + link.name,
                        fmt::format("LINK {} {} {}", link.name,
                                    link.is_virtual ? "VIRTUAL 0" : "IPAQENET", link.device)});
        if (link.prefix_length) into.push_back({"BSDROUTINGPARMS " + link.name, network_of(link)});
    }
    for (auto const& interface : from.interfaces)
        into.push_back({"INTERFACE " + interface.name, text_of(interface)});
}

void write_starts(entries& into, configuration const& from) {
    auto const start = [&into](std::string const& name) {
        into.push_back({"START " + name, "START " + name});
    };
    for (auto const& interface : from.interfaces)
        if (interface.started && interface.kind != interface_kind::virtual_ &&
            interface.device.empty())
            start(interface.name);
    for (auto const& device : from.devices)
        if (device.started) start(device.name);
}

void write_routes(entries& into, configuration const& from) {
    for (auto const& route : from.routes)
        into.push_back({key_of(route), text_of(route)});
}

}  // namespace parser
