#include "parser/apply/application.hpp"
#include "parser/suggestion.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

std::string did_you_mean(application& run, std::string const& name) {
    std::string near = near_interface(run, name);
    return near.empty() ? "name an INTERFACE or a DEVICE" : near;
}

/// Not the link is started and stopped but its device.
bool refuse_link(application& run, spanned_name const& name,
                 interface_configuration const& interface) {
    if (interface.device.empty()) return false;
    run.error(name.where, fmt::format("{} is a link", name.value),
              fmt::format("name its device {}", interface.device));
    return true;
}

}  // namespace

bool is_in_the_middle(ip_address const& host, std::uint8_t length) {
    if (!host.is_v4()) return length >= 127 || network_of(host, length).network != host;
    if (length >= 31) return true;
    std::uint32_t const part = host.to_v4() & (~std::uint32_t{0} >> length);
    return part != 0 && part != ~std::uint32_t{0} >> length;
}

bool accept_home_address(application& run, spanned_address const& host, std::uint8_t length) {
    std::string const text = host.value.to_string();
    if (!is_host_address(host.value) || !is_in_the_middle(host.value, length)) {
        run.error(host.where, fmt::format("{}/{} is not the address of a host", text, length),
                  "use an address within the network");
        return false;
    }
    std::string holder = run.find.holder_in_home(host.value);
    if (holder.empty() && run.find.dvipa(host.value) != nullptr) holder = "a DVIPA";
    if (holder.empty()) return true;
    run.error(host.where, fmt::format("{} is already the address of {}", text, holder),
              "give each interface an address of its own");
    return false;
}

bool accept_source_vipa(application& run, spanned_name const& vipa, ip_address const& of) {
    auto const* interface = run.find.interface(vipa.value);
    if (interface != nullptr && interface->address.is_v4() != of.is_v4()) {
        run.error(vipa.where,
                  fmt::format("interface {} has an address of the other family", vipa.value),
                  of.is_v4() ? "name a VIRTUAL interface" : "name a VIRTUAL6 interface");
        return false;
    }
    if (interface != nullptr && interface->kind == interface_kind::virtual_) return true;
    if (interface != nullptr)
        run.error(vipa.where, fmt::format("interface {} is not VIRTUAL", vipa.value),
                  "name a VIRTUAL interface");
    else
        run.missing(vipa.where, fmt::format("interface {} is not defined", vipa.value),
                    "define the VIRTUAL interface before this one");
    return false;
}

bool is_host_address(ip_address const& address) {
    if (address.is_loopback() || address == ip_address()) return false;
    // Multicast; link-local, which means another host on each link (RFC 4291 2.5.6).
    if (!address.is_v4())
        return address.bytes[0] != 0xff &&
               !(address.bytes[0] == 0xfe && (address.bytes[1] & 0xc0) == 0x80);
    std::uint32_t const value = address.to_v4();
    return value >> 24 != 0 && value >> 28 != 0xE && value >> 28 != 0xF;
}

std::string near_interface(application& run, std::string const& name) {
    constexpr unsigned most_suggestions = 20;
    if (run.misspelt++ >= most_suggestions) return {};
    std::vector<std::string_view> names;
    for (auto const& interface : run.next.interfaces)
        names.push_back(interface.name);
    return suggest(name, names);
}

void carry_out(application& run, interface_statement const& wanted) {
    if (run.find.link(wanted.name.value) != nullptr || run.find.address_of(wanted.name.value))
        return run.error(wanted.name.where,
                         fmt::format("interface {} is already defined", wanted.name.value),
                         "use another name");
    std::uint8_t const length = wanted.prefix_length.value_or(32);
    accept_home_address(run, *wanted.address, length);
    if (wanted.source_vipa_interface)
        accept_source_vipa(run, *wanted.source_vipa_interface, wanted.address->value);
    interface_configuration added;
    added.name = wanted.name.value;
    added.kind = wanted.kind;
    added.port_name = wanted.port_name.value_or("");
    added.address = wanted.address->value;
    added.prefix_length = length;
    added.mtu = wanted.mtu;
    if (wanted.source_vipa_interface)
        added.source_vipa_interface = wanted.source_vipa_interface->value;
    // A static VIPA is active from its definition; others wait for START.
    added.started = wanted.kind == interface_kind::virtual_;
    // Also if it is not acceptable: what refers to it should not be reported too.
    run.next.interfaces.push_back(std::move(added));
}

void carry_out(application& run, start_statement const& wanted) {
    if (start_device(run, wanted.interface, true)) return;
    std::string const& name = wanted.interface.value;
    auto* interface = run.find.interface(name);
    if (interface == nullptr)
        return run.missing(wanted.interface.where,
                           fmt::format("START of {}, which is no interface", name),
                           did_you_mean(run, name));
    if (refuse_link(run, wanted.interface, *interface)) return;
    if (interface->started)
        return run.warning(
            wanted.interface.where, fmt::format("interface {} is started already", name),
            interface->kind == interface_kind::virtual_ ? "a VIRTUAL interface needs no START"
                                                        : "remove this START");
    interface->started = true;
}

void carry_out(application& run, stop_statement const& wanted) {
    if (start_device(run, wanted.interface, false)) return;
    std::string const& name = wanted.interface.value;
    auto* interface = run.find.interface(name);
    if (interface == nullptr)
        return run.missing(wanted.interface.where,
                           fmt::format("STOP of {}, which is no interface", name),
                           did_you_mean(run, name));
    if (refuse_link(run, wanted.interface, *interface)) return;
    if (interface->kind == interface_kind::virtual_)
        return run.error(wanted.interface.where,
                         fmt::format("interface {} is VIRTUAL and can't be stopped", name),
                         "remove this STOP");
    if (!interface->started)
        return run.warning(wanted.interface.where, fmt::format("interface {} is not started", name),
                           "remove this STOP");
    interface->started = false;
}

}  // namespace parser
