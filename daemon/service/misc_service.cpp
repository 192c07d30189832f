#include "daemon/service/misc_service.hpp"

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

}  // namespace tcpplexd
