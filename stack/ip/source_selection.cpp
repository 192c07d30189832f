#include "stack/ip/source_selection.hpp"

#include "stack/ip/input.hpp"

namespace stack::ip {
namespace {

/// The interface packets to `remote` leave by. A DVIPA owned elsewhere is reached through the
/// group; what it answers comes back by way of a device, so the address is that of one.
std::optional<std::size_t> outgoing_interface(topology const& topology, address const& remote) {
    if (auto const way = topology.find_route(remote)) return way->interface;
    if (topology.dvipa(remote) == nullptr) return std::nullopt;
    auto const& interfaces = topology.settings().interfaces;
    for (std::size_t i = 0; i < interfaces.size(); ++i)
        if (interfaces[i].active && interfaces[i].type == interface_settings::kind::device)
            return i;
    return std::nullopt;
}

std::optional<address> static_vipa(topology const& topology, std::size_t interface) {
    auto const& home = topology.settings().interfaces;
    if (auto const& named = home[interface].source_vipa; named && topology.is_active(*named))
        return named;
    for (std::size_t i = interface; i > 0; --i) {
        auto const& candidate = home[i - 1];
        if (candidate.type == interface_settings::kind::virtual_ && candidate.active)
            return candidate.host;
    }
    return std::nullopt;
}

}  // namespace

std::optional<source_choice> select_source(topology const& topology, address const& remote,
                                           bool unbound) {
    // To itself a stack speaks with the address it speaks to.
    bool const dynamic = topology.dvipa(remote) != nullptr;
    if (!dynamic && topology.is_local(remote)) return source_choice{remote, false};

    auto const interface = outgoing_interface(topology, remote);
    if (!interface && !dynamic) return std::nullopt;
    source_choice choice;
    auto const& ip = topology.settings().ip;
    if (ip.source_vipa && ip.tcp_stack_source_vipa && unbound) {
        if (topology.is_active(*ip.tcp_stack_source_vipa)) {
            choice.host = *ip.tcp_stack_source_vipa;
            return choice;
        }
        choice.stack_source_inactive = true;
    }
    choice.host = remote;  // a DVIPA of a stack without devices
    if (!interface) return choice;
    choice.host = topology.settings().interfaces[*interface].host;
    if (!ip.source_vipa) return choice;
    if (auto const vipa = static_vipa(topology, *interface)) choice.host = *vipa;
    return choice;
}

}  // namespace stack::ip
