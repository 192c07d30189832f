// HOME: a link with a home address is an interface.
#include "parser/apply/application.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace parser {

namespace {

/// The subnet of an address by its class, where BSDROUTINGPARMS does not say another.
std::uint8_t class_length(ip_address const& host) {
    std::uint32_t const first = host.to_v4() >> 24;
    return first < 128 ? 8 : first < 192 ? 16 : 24;
}

/// The link of a HOME entry; null, and why, if it has none that the entry can be for.
link_configuration const* link_of(application& run, home_statement::entry const& wanted) {
    auto const& name = wanted.link;
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
    if (auto const* link = run.find.link(name.value)) return link;
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
    added.started = link.is_virtual || run.find.device(link.device)->started;
    added.prefix_length = link.is_virtual
                              ? std::uint8_t{32}
                              : link.prefix_length.value_or(class_length(added.address));
    if (!link.is_virtual) {
        added.mtu = link.mtu;
        added.source_vipa_interface = run.home->last_virtual;
    }
    // Its mask may be still to come.
    if (accept_home_address(run, wanted.address, 32))
        run.next.interfaces.push_back(std::move(added));
}

/// Whether the link has another address, which it can't give up.
bool keeps_another(application& run, home_statement::entry const& wanted) {
    auto const refuse = [&](interface_configuration const& there, char const* suggestion) {
        run.error(
            wanted.link.where,
            fmt::format("link {} has the home address {}", there.name, there.address.to_string()),
            suggestion);
        return true;
    };
    if (auto const* there = run.find.interface(wanted.link.value))
        return there->address != wanted.address.value &&
               refuse(*there, "remove one of the entries: a link has one address");
    auto const before = run.home->before.find(wanted.link.value);
    return before != run.home->before.end() && before->second.address != wanted.address.value &&
           before->second.started && before->second.kind != interface_kind::virtual_ &&
           refuse(before->second, "stop its device first, with an OBEYFILE before this one");
}

void carry_out(application& run, home_statement::entry const& wanted) {
    auto const* link = link_of(run, wanted);
    if (link == nullptr || keeps_another(run, wanted)) return;
    if (run.find.interface(link->name) == nullptr) add(run, wanted, *link);
    // The links after a VIRTUAL one take its address as their source.
    if (link->is_virtual) run.home->last_virtual = link->name;
}

/// The first HOME of a file replaces the list: what has been in it is taken away.
void begin(application& run) {
    auto& all = run.next.interfaces;
    auto const is_link = [](auto const& each) { return !each.device.empty(); };
    auto& home = run.home.emplace();
    home.place =
        static_cast<std::size_t>(std::find_if(all.begin(), all.end(), is_link) - all.begin());
    for (auto const& each : all)
        if (is_link(each)) home.before.emplace(each.name, each);
    std::erase_if(all, is_link);
    run.find.forget_interfaces();
}

/// Links stand together, in the order of HOME and where they stood.
void put_in_order(application& run) {
    auto& all = run.next.interfaces;
    auto const others = static_cast<std::ptrdiff_t>(run.home->place);
    std::stable_partition(all.begin() + others, all.end(),
                          [](auto const& each) { return !each.device.empty(); });
    run.find.forget_interfaces();
}

/// What referred to links that are no interfaces any more.
void take_references_away(application& run, span where) {
    auto const is_gone = [&](std::string const& name) {
        return run.home->before.contains(name) && run.find.interface(name) == nullptr;
    };
    // A default route is lost with the address of its link, others only with the link.
    auto const has_moved = [&](std::string const& name) {
        auto const before = run.home->before.find(name);
        return before != run.home->before.end() &&
               before->second.address != run.find.interface(name)->address;
    };
    std::erase_if(run.next.routes, [&](auto const& route) {
        return is_gone(route.interface) ||
               (!run.routes_begun && route.destination.length == 0 && has_moved(route.interface));
    });
    if (run.next.primary_interface && is_gone(*run.next.primary_interface))
        run.next.primary_interface.reset();
    auto const check = [&](std::optional<std::string> const& vipa, std::string const& of) {
        if (vipa && is_gone(*vipa))
            run.missing(where, fmt::format("HOME leaves out {}, the source VIPA of {}", *vipa, of),
                        "leave it in");
    };
    for (auto const& each : run.next.interfaces)
        check(each.source_vipa_interface, each.name);
    if (run.next.ip.xcf) check(run.next.ip.xcf->source_vipa_interface, "DYNAMICXCF");
}

}  // namespace

void carry_out(application& run, home_statement const& wanted) {
    if (!run.home) begin(run);
    for (auto const& entry : wanted.entries) {
        // z/OS keeps the entries before one in error, and ignores the rest of the list.
        if (run.is_left_out(entry.address.where) || run.is_left_out(entry.link.where)) return;
        carry_out(run, entry);
    }
}

void settle_home(application& run, span where) {
    if (!run.home) return;
    put_in_order(run);
    take_references_away(run, where);
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

}  // namespace parser
