#include "daemon/node/explain.hpp"

#include "daemon/sysplex/port_bridge.hpp"
#include "stack/socket/reservation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tcpplexd {

namespace {

namespace errc = boost::system::errc;

stack::dvipa_settings const* shared_dvipa(stack::address const& host,
                                          stack::settings const& settings) {
    for (auto const& each : settings.dvipas)
        if (each.host == host && each.shared) return &each;
    return nullptr;
}

/// "TCPIP2 on SYS2", ...
std::string holders_of(stack::endpoint const& local, cf::connector& facility,
                       std::vector<group_member> const& members) {
    auto const names = facility.holders(facility_key(local.host), local.port);
    if (!names || names->empty()) return {};
    std::vector<std::string> result;
    for (auto const& name : *names) {
        auto const found = std::find_if(members.begin(), members.end(),
                                        [&](auto const& each) { return each.name == name; });
        result.push_back(found == members.end() ? name : name + " on " + found->system);
    }
    return fmt::format("{}", fmt::join(result, " and "));
}

std::string taken(stack::endpoint const& local, stack::settings const& settings,
                  cf::connector& facility, std::vector<group_member> const& members) {
    if (shared_dvipa(local.host, settings) != nullptr)
        if (auto const holders = holders_of(local, facility, members); !holders.empty())
            return fmt::format("{} is held by {}", local.to_string(), holders);
    auto const& ports = settings.ports;
    bool const could_be_shared = !stack::socket::reservations_of(ports, true, local.port).empty() &&
                                 !stack::socket::is_shared_port(ports, local.port);
    return fmt::format(
        "{} is in use on this stack (tcpplex netstat allconn -P {}){}", local.to_string(),
        local.port,
        could_be_shared ? "; SHAREPORT in its PORT statement allows several listeners" : "");
}

std::string not_permitted(std::uint16_t port, stack::settings const& settings) {
    if (!stack::socket::reservations_of(settings.ports, true, port).empty())
        return fmt::format(
            "port {} is reserved for another job by a PORT statement (use --jobname, or change the "
            "statement)",
            port);
    if (port < 1024 && settings.tcp.restrict_low_ports)
        return fmt::format(
            "port {} is below 1024 and not reserved, and TCPCONFIG has RESTRICTLOWPORTS (reserve "
            "it for the job with PORT)",
            port);
    return fmt::format(
        "port {} is not reserved, and PORT UNRSV TCP does not admit the job to such ports (reserve "
        "it for the job with PORT, or add the job to PORT UNRSV)",
        port);
}

/// The address a connection would have come from.
stack::address likely_source(stack::endpoint const& local, stack::settings const& settings) {
    if (!local.host.is_unspecified()) return local.host;
    return settings.ip.tcp_stack_source_vipa.value_or(local.host);
}

/// Or the connection that the socket is for has no source address.
std::string no_port_of_pool(stack::explicit_bind_settings const& pool,
                            cf::connector const& facility) {
    if (auto const state = facility.state(); state != cf::lease_state::active)
        return fmt::format(
            "the coupling facility does not answer: this stack is {} and gets no port of "
            "EXPLICITBINDPORTRANGE (tcpplex display cf connectors)",
            cf::name_of(state));
    return fmt::format(
        "no port of EXPLICITBINDPORTRANGE {}-{} is free (tcpplex display cf ports ::), or no "
        "source address",
        pool.first, pool.last);
}

std::string not_available(stack::endpoint const& local, stack::settings const& settings,
                          cf::connector const& facility) {
    auto const source = likely_source(local, settings);
    auto const range =
        fmt::format("{}-{}", settings.tcp.first_ephemeral, settings.tcp.last_ephemeral);
    if (shared_dvipa(source, settings) != nullptr) {
        if (auto const state = facility.state(); state != cf::lease_state::active)
            return fmt::format(
                "the coupling facility does not answer: this stack is {} and gets no port of {} "
                "(tcpplex display cf connectors)",
                cf::name_of(state), source.to_string());
        return fmt::format(
            "no port of {} in {} is free, or the coupling facility does not answer (tcpplex "
            "display cf ports {})",
            source.to_string(), range, source.to_string());
    }
    if (local.host.is_unspecified() && local.port == 0 && settings.explicit_bind.takes_part)
        return no_port_of_pool(settings.explicit_bind, facility);
    if (local.host.is_unspecified())
        return fmt::format(
            "no free port in {}, or no source address, or the address that SRCIP names for the "
            "job's servers is not active here (tcpplex netstat home)",
            range);
    return fmt::format(
        "{} is not an active address of this stack, or none of its ports in {} is free (tcpplex "
        "netstat home)",
        local.host.to_string(), range);
}

}  // namespace

std::string explain(stack::endpoint const& local, stack::endpoint const& remote,
                    stack::error_code why, stack::settings const& settings, cf::connector& facility,
                    std::vector<group_member> const& members) {
    if (why == errc::address_in_use) return taken(local, settings, facility, members);
    if (why == errc::address_not_available) return not_available(local, settings, facility);
    if (why == errc::permission_denied) return not_permitted(local.port, settings);
    if (why == errc::connection_refused)
        return fmt::format("{} does not listen", remote.to_string());
    if (why == errc::timed_out) return fmt::format("{} does not answer", remote.to_string());
    if (why == errc::network_unreachable || why == errc::host_unreachable)
        return fmt::format("no way to {}: see the routes of the profile (BEGINROUTES)",
                           remote.host.to_string());
    if (why == errc::address_family_not_supported)
        return fmt::format("a socket on {} is not for the family of {}", local.host.to_string(),
                           remote.host.to_string());
    return why.message();
}

}  // namespace tcpplexd
