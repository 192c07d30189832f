// DEVICE, LINK, HOME and BSDROUTINGPARMS: a link with a home address is an interface.
#include "parser/apply/application.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parser {

namespace {

template <typename List>
auto find(List& all, std::string const& name) {
    return std::find_if(all.begin(), all.end(),
                        [&](auto const& each) { return each.name == name; });
}

/// The subnet of an address by its class, where BSDROUTINGPARMS does not say another.
std::uint8_t class_length(ip_address const& host) {
    std::uint32_t const first = host.to_v4() >> 24;
    return first < 128 ? 8 : first < 192 ? 16 : 24;
}

void remove(application& run, device_statement const& wanted) {
    auto& all = run.next.devices;
    auto const& name = wanted.name;
    auto const device = find(all, name.value);
    if (device == all.end())
        return run.missing(name.where, fmt::format("there is no device {}", name.value),
                           "name a DEVICE");
    auto const& links = run.next.links;
    if (device->started)
        return run.error(name.where, fmt::format("device {} is active", name.value),
                         "stop it first, with an OBEYFILE before this one", "EZZ0395I");
    if (std::any_of(links.begin(), links.end(),
                    [&](auto const& link) { return link.device == name.value; }))
        return run.error(name.where, fmt::format("device {} has a link", name.value),
                         "delete its links first, with DELETE LINK");
    all.erase(device);
}

void remove(application& run, link_statement const& wanted) {
    auto& all = run.next.links;
    auto const& name = wanted.name;
    auto const link = find(all, name.value);
    if (link == all.end())
        return run.missing(name.where, fmt::format("there is no link {}", name.value),
                           "name a LINK");
    if (run.next.find_interface(name.value) != nullptr)
        return run.error(name.where, fmt::format("link {} has a home address", name.value),
                         "an interface stays until the stack ends, STOP makes it inactive");
    all.erase(link);
}

/// The link of a HOME entry; null, and why, if it has none that the entry can be for.
link_configuration const* link_of(application& run, home_statement::entry const& wanted) {
    auto const& name = wanted.link;
    auto const& all = run.next.links;
    if (wanted.address.value.is_loopback()) {
        run.error(wanted.address.where,
                  fmt::format("loopback address {} can't be added to the home list",
                              wanted.address.value.to_string()),
                  "remove the entry, it is there anyway", "EZZ0344I");
        return nullptr;
    }
    if (name.value == "LOOPBACK") {
        run.error(name.where, "LOOPBACK has no address besides 127.0.0.1", "use a VIRTUAL link");
        return nullptr;
    }
    auto const link = find(all, name.value);
    if (link != all.end()) return &*link;
    run.missing(name.where, fmt::format("link {} is not defined", name.value),
                "define it before HOME, with LINK");
    return nullptr;
}

void add(application& run, home_statement::entry const& wanted, link_configuration const& link) {
    interface_configuration added;
    added.name = link.name;
    added.device = link.device;
    added.kind = link.is_virtual ? interface_kind::virtual_ : interface_kind::ipaqenet;
    added.address = wanted.address.value;
    added.started = link.is_virtual || find(run.next.devices, link.device)->started;
    added.prefix_length = link.is_virtual
                              ? std::uint8_t{32}
                              : link.prefix_length.value_or(class_length(added.address));
    if (!link.is_virtual) {
        added.mtu = link.mtu;
        added.source_vipa_interface = run.home_vipa;
    }
    // Its mask may be still to come.
    if (!accept_home_address(run, wanted.address, 32)) return;
    // Links stand together, in the order of HOME, which an OBEYFILE writes anew.
    auto& all = run.next.interfaces;
    auto const before = find(all, run.home_last);
    auto const first = std::find_if(all.begin(), all.end(),
                                    [](auto const& other) { return !other.device.empty(); });
    all.insert(before == all.end() ? first : std::next(before), std::move(added));
}

void carry_out(application& run, home_statement::entry const& wanted) {
    auto const* link = link_of(run, wanted);
    run.home->insert(wanted.link.value);
    if (link == nullptr) return;
    auto const* there = run.next.find_interface(link->name);
    if (there == nullptr)
        add(run, wanted, *link);
    else if (there->address != wanted.address.value)
        run.error(
            wanted.link.where,
            fmt::format("link {} has the home address {}", link->name, there->address.to_string()),
            "a link has one address, which it keeps until the stack ends");
    run.home_last = link->name;
    // The links after a VIRTUAL one take its address as their source.
    if (link->is_virtual) run.home_vipa = link->name;
}

}  // namespace

void carry_out(application& run, device_statement const& wanted) {
    if (wanted.remove) return remove(run, wanted);
    auto const& name = wanted.name.value;
    if (find(run.next.devices, name) != run.next.devices.end())
        return run.error(wanted.name.where, fmt::format("device {} is already defined", name),
                         "use another name");
    run.next.devices.push_back({name, wanted.is_virtual, false});
}

void carry_out(application& run, link_statement const& wanted) {
    if (wanted.remove) return remove(run, wanted);
    auto const& name = wanted.name.value;
    if (find(run.next.links, name) != run.next.links.end() || run.next.address_of(name))
        return run.error(wanted.name.where, fmt::format("link {} is already defined", name),
                         "use another name");
    auto const device = find(run.next.devices, wanted.device.value);
    if (device == run.next.devices.end())
        return run.missing(wanted.device.where,
                           fmt::format("device {} is not defined", wanted.device.value),
                           "define it before its link, with DEVICE");
    if (device->is_virtual != wanted.is_virtual)
        return run.error(
            wanted.device.where,
            fmt::format("device {} is {}VIRTUAL", device->name, device->is_virtual ? "" : "not "),
            "give link and device the same type");
    run.next.links.push_back({name, wanted.device.value, wanted.is_virtual, {}, {}});
}

void carry_out(application& run, home_statement const& wanted) {
    if (!run.home) run.home.emplace();
    for (auto const& entry : wanted.entries)
        carry_out(run, entry);
}

void carry_out(application& run, link_network_statement const& wanted) {
    auto const& name = wanted.link;
    auto const link = find(run.next.links, name.value);
    if (link == run.next.links.end())
        return run.missing(name.where, fmt::format("link {} is not defined", name.value),
                           "define it before BSDROUTINGPARMS, with LINK");
    link->prefix_length = wanted.prefix_length;
    link->mtu = wanted.mtu;
    auto const interface = find(run.next.interfaces, name.value);
    if (link->is_virtual || interface == run.next.interfaces.end()) return;
    bool const same =
        interface->prefix_length == wanted.prefix_length && interface->mtu == wanted.mtu;
    if (run.running.find_interface(name.value) != nullptr && !same)
        return run.error(
            name.where,
            fmt::format("MTU and mask of link {} can't be changed while the stack runs",
                        name.value),
            "change the profile and start the stack again");
    interface->prefix_length = wanted.prefix_length;
    interface->mtu = wanted.mtu;
}

void settle_home(application& run, span where) {
    if (!run.home) return;
    for (auto const& interface : run.running.interfaces)
        if (!interface.device.empty() && run.home->count(interface.name) == 0)
            run.error(where, fmt::format("HOME leaves out link {}", interface.name),
                      "an interface stays until the stack ends, STOP makes it inactive");
    for (auto const& interface : run.next.interfaces)
        if (!interface.device.empty() &&
            !is_in_the_middle(interface.address, interface.prefix_length))
            run.error(
                where,
                fmt::format("{}/{} of link {} is not the address of a host",
                            interface.address.to_string(), interface.prefix_length, interface.name),
                "use an address within the network, or give it another mask with "
                "BSDROUTINGPARMS");
}

bool start_device(application& run, spanned_name const& name, bool start) {
    auto const device = find(run.next.devices, name.value);
    if (device == run.next.devices.end()) return false;
    char const* const done = start ? "started" : "stopped";
    if (device->is_virtual) {
        run.warning(name.where, fmt::format("device {} is VIRTUAL", name.value),
                    start ? "it needs no START" : "it can't be stopped");
        return true;
    }
    if (device->started == start) {
        run.warning(name.where, fmt::format("device {} is {} already", name.value, done),
                    fmt::format("remove this {}", start ? "START" : "STOP"));
        return true;
    }
    device->started = start;
    for (auto& interface : run.next.interfaces)
        if (interface.device == name.value) interface.started = start;
    for (auto const& link : run.next.links)
        if (start && link.device == name.value && run.next.find_interface(link.name) == nullptr)
            run.warning(name.where, fmt::format("link {} has no home address", link.name),
                        "write one into HOME");
    return true;
}

}  // namespace parser
