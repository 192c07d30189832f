// Why a UDP socket can't have its name.
#include "daemon/application/datagram_pipe.hpp"

#include <fmt/format.h>

namespace tcpplexd {

namespace errc = boost::system::errc;

std::string explain(datagram_name const& wanted, stack::error_code why) {
    auto const& local = wanted.local;
    auto const& remote = wanted.remote;
    if (why == errc::address_in_use)
        return fmt::format(
            "UDP port {} of {} is in use on this stack (tcpplex netstat allconn -P {})", local.port,
            local.host.to_string(), local.port);
    if (why == errc::address_not_available)
        return fmt::format(
            "{} is not an active address of this stack (tcpplex netstat home), or none of its UDP "
            "ports is free (UDPCONFIG EPHEMERALPORTS)",
            local.host.to_string());
    if (why == errc::permission_denied && remote.host == stack::address::v4(0xffffffff))
        return fmt::format("{} is the broadcast address", remote.host.to_string());
    if (why == errc::permission_denied)
        return fmt::format(
            "UDP port {} is not for this job: a PORT statement reserves it for another, or PORT "
            "UNRSV UDP does not admit the job to ports that are not reserved, or it is below 1024 "
            "and UDPCONFIG has RESTRICTLOWPORTS (use --jobname, or change the statement)",
            local.port);
    if (why == errc::network_unreachable)
        return fmt::format("no way to {}: see the routes of the profile (BEGINROUTES)",
                           remote.host.to_string());
    if (why == errc::address_family_not_supported)
        return fmt::format("{} and {} are of different families", local.host.to_string(),
                           remote.host.to_string());
    return why.message();
}

}  // namespace tcpplexd
