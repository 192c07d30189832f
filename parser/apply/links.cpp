// DEVICE, LINK and BSDROUTINGPARMS, and START and STOP of a device.
#include "parser/apply/application.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

void remove(application& run, device_statement const& wanted) {
    auto const& name = wanted.name;
    auto const* device = run.find.device(name.value);
    if (device == nullptr)
        return run.missing(name.where, fmt::format("there is no device {}", name.value),
                           "name a DEVICE");
    if (device->started)
        return run.error(name.where, fmt::format("device {} is active", name.value),
                         "stop it first, with an OBEYFILE before this one", "EZZ0395I");
    if (!run.find.links_of(name.value).empty())
        return run.error(name.where, fmt::format("device {} has a link", name.value),
                         "delete its links first, with DELETE LINK");
    run.find.remove(*device);
}

void remove(application& run, link_statement const& wanted) {
    auto const& name = wanted.name;
    auto const* link = run.find.link(name.value);
    if (link == nullptr)
        return run.missing(name.where, fmt::format("there is no link {}", name.value),
                           "name a LINK");
    if (run.find.interface(name.value) != nullptr)
        return run.error(name.where, fmt::format("link {} has a home address", name.value),
                         "write a HOME without it before this");
    if (auto const* device = run.find.device(link->device); device != nullptr && device->started)
        return run.error(name.where, fmt::format("link {} is active", name.value),
                         "stop its device first, with an OBEYFILE before this one", "EZZ0395I");
    run.find.remove(*link);
}

/// Whether the link had an address before the file.
bool is_running(application const& run, std::string const& link) {
    return !run.home || run.home->before.contains(link);
}

}  // namespace

void carry_out(application& run, device_statement const& wanted) {
    if (wanted.remove) return remove(run, wanted);
    auto const& name = wanted.name.value;
    if (run.find.device(name) != nullptr)
        return run.error(wanted.name.where, fmt::format("device {} is already defined", name),
                         "use another name");
    run.next.devices.push_back({name, wanted.is_virtual, false});
}

void carry_out(application& run, link_statement const& wanted) {
    if (wanted.remove) return remove(run, wanted);
    auto const& name = wanted.name.value;
    if (run.find.link(name) != nullptr || run.find.address_of(name))
        return run.error(wanted.name.where, fmt::format("link {} is already defined", name),
                         "use another name");
    auto const* device = run.find.device(wanted.device.value);
    if (device == nullptr)
        return run.missing(wanted.device.where,
                           fmt::format("device {} is not defined", wanted.device.value),
                           "define it before its link, with DEVICE");
    if (device->is_virtual != wanted.is_virtual)
        return run.error(
            wanted.device.where,
            fmt::format("device {} is {}VIRTUAL", device->name, device->is_virtual ? "" : "not "),
            "give link and device the same type");
    run.find.add({name, wanted.device.value, wanted.is_virtual, {}, {}});
}

void carry_out(application& run, link_network_statement const& wanted) {
    auto const& name = wanted.link;
    auto* link = run.find.link(name.value);
    if (link == nullptr)
        return run.missing(name.where, fmt::format("link {} is not defined", name.value),
                           "define it before BSDROUTINGPARMS, with LINK");
    link->prefix_length = wanted.prefix_length;
    link->mtu = wanted.mtu;
    auto* interface = run.find.interface(name.value);
    if (link->is_virtual || interface == nullptr) return;
    bool const same =
        interface->prefix_length == wanted.prefix_length && interface->mtu == wanted.mtu;
    if (!same && is_running(run, name.value))
        return run.error(
            name.where,
            fmt::format("MTU and mask of link {} can't be changed while the stack runs",
                        name.value),
            "change the profile and start the stack again");
    interface->prefix_length = wanted.prefix_length;
    interface->mtu = wanted.mtu;
}

bool start_device(application& run, spanned_name const& name, bool start) {
    auto* device = run.find.device(name.value);
    if (device == nullptr) return false;
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
    for (auto const& link : run.find.links_of(name.value))
        if (auto* interface = run.find.interface(link))
            interface->started = start;
        else if (start)
            run.warning(name.where, fmt::format("link {} has no home address", link),
                        "write one into HOME", "EZZ0331I");
    return true;
}

}  // namespace parser
