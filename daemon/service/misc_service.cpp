#include "daemon/service/misc_service.hpp"

#include <algorithm>

namespace tcpplexd {

namespace {

bool is_served(std::uint16_t port) {
    return port == static_cast<std::uint16_t>(misc_service::echo) ||
           port == static_cast<std::uint16_t>(misc_service::discard) ||
           port == static_cast<std::uint16_t>(misc_service::chargen);
}

}  // namespace

std::set<std::uint16_t> misc_ports(stack::settings const& from, bool tcp) {
    std::set<std::uint16_t> ports;
    for (auto const& reservation : from.ports)
        if (reservation.tcp == tcp && reservation.job == misc_job && is_served(reservation.port))
            ports.insert(reservation.port);
    return ports;
}

stack::address misc_host(stack::settings const& from) {
    bool const has_ipv6 = std::any_of(from.interfaces.begin(), from.interfaces.end(),
                                      [](auto const& each) { return !each.host.is_v4(); });
    return has_ipv6 ? stack::address() : stack::address::any_v4();
}

}  // namespace tcpplexd
