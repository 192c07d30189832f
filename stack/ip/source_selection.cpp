#include "stack/ip/source_selection.hpp"

#include "stack/core/job_name.hpp"

#include <array>
#include <bit>
#include <cstdint>

namespace stack::ip {
namespace {

/// The interface packets to `remote` leave by. A DVIPA owned elsewhere is reached through the
/// group; what it answers comes back by way of a device, so the address is that of one.
std::optional<std::size_t> outgoing_interface(topology const& topology, address const& remote) {
    if (auto const way = topology.find_route({}, remote)) return way->interface;
    if (topology.dvipa(remote) == nullptr) return std::nullopt;
    auto const& interfaces = topology.settings().interfaces;
    for (std::size_t i = 0; i < interfaces.size(); ++i)
        if (interfaces[i].active && interfaces[i].type == interface_settings::kind::device &&
            interfaces[i].host.is_v4() == remote.is_v4())
            return i;
    return std::nullopt;
}

std::optional<address> static_vipa(topology const& topology, std::size_t interface, bool v4) {
    auto const& home = topology.settings().interfaces;
    auto const& named = home[interface].source_vipa;
    if (named && named->is_v4() == v4 && topology.is_active(*named)) return named;
    // Of IPv6, a VIPA is the source of those interfaces that name it (SOURCEVIPAINTERFACE).
    if (!v4) return std::nullopt;
    for (std::size_t i = interface; i > 0; --i) {
        auto const& candidate = home[i - 1];
        if (!candidate.host.is_v4()) continue;
        if (candidate.type == interface_settings::kind::virtual_ && candidate.active)
            return candidate.host;
    }
    return std::nullopt;
}

/// The first bits that two addresses have in common.
unsigned common_bits(address const& a, address const& b) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < a.bytes().size(); ++i, bits += 8)
        if (auto const differ = static_cast<std::uint8_t>(a.bytes()[i] ^ b.bytes()[i]); differ != 0)
            return bits + static_cast<unsigned>(std::countl_zero(differ));
    return bits;
}

/// RFC 6724 5, as far as it can make a difference: no address is deprecated, temporary or a home
/// address of mobility here. True if `a` is better than `b` for packets to `remote` by `interface`.
bool is_better(topology const& topology, std::size_t interface, address const& remote,
               address const& a, address const& b) {
    // Rule 2: a scope as large as the destination's, but no larger. There are two scopes.
    bool const local = remote.is_link_local();
    if (a.is_link_local() != b.is_link_local()) return a.is_link_local() == local;
    // Rule 5: the outgoing interface.
    auto const& own = topology.settings().interfaces[interface].host;
    if ((a == own) != (b == own)) return a == own;
    // Rule 8: the longest matching prefix. Of equal ones the first in HOME order.
    return common_bits(a, remote) > common_bits(b, remote);
}

/// The interface's own address, as a rule; else the best of another active interface.
std::optional<address> own_address(topology const& topology, std::size_t interface,
                                   address const& remote) {
    auto const& home = topology.settings().interfaces;
    if (remote.is_v4() && home[interface].host.is_v4()) return home[interface].host;
    std::optional<address> best;
    for (auto const& candidate : home) {
        if (candidate.host.is_v4() != remote.is_v4() || !candidate.active ||
            candidate.type == interface_settings::kind::loopback)
            continue;
        if (!best || is_better(topology, interface, remote, candidate.host, *best))
            best = candidate.host;
    }
    return best;
}

/// What the profile names as the source of a TCP connection: SRCIP's comes first.
std::array<std::optional<address>, 2> named_sources(topology const& topology, address const& remote,
                                                    tcp_client const* client) {
    std::array<std::optional<address>, 2> named;
    if (client == nullptr) return named;
    auto const& all = topology.settings();
    for (auto const& rule : all.sources) {
        if (!rule.destination.contains(remote) || !is_for_job(rule.job, client->job)) continue;
        if (!rule.source.is_unspecified()) named[0] = rule.source;
        break;
    }
    auto const& ip = all.ip_for(remote);
    if (ip.source_vipa && client->unbound) named[1] = ip.tcp_stack_source_vipa;
    return named;
}

}  // namespace

std::optional<source_choice> select_source(topology const& topology, address const& remote,
                                           tcp_client const* client) {
    // To itself a stack speaks with the address it speaks to.
    bool const dynamic = topology.dvipa(remote) != nullptr;
    if (!dynamic && topology.is_local(remote)) return source_choice{remote};

    auto const interface = outgoing_interface(topology, remote);
    if (!interface && !dynamic) return std::nullopt;
    source_choice choice;
    for (auto const& named : named_sources(topology, remote, client)) {
        if (!named) continue;
        if (topology.is_active(*named)) return source_choice{*named, choice.inactive};
        if (!choice.inactive) choice.inactive = named;
    }
    choice.host = remote;  // a DVIPA of a stack without devices
    if (!interface) return choice;
    auto const own = own_address(topology, *interface, remote);
    if (!own && !dynamic) return std::nullopt;
    if (own) choice.host = *own;
    // A VIPA is of global scope, and no answer to a link-local address could reach it.
    if (!topology.settings().ip_for(remote).source_vipa ||
        (remote.is_link_local() && !remote.is_v4()))
        return choice;
    if (auto const vipa = static_vipa(topology, *interface, remote.is_v4())) choice.host = *vipa;
    return choice;
}

}  // namespace stack::ip
