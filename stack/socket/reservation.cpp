#include "stack/socket/reservation.hpp"

#include "stack/core/job_name.hpp"

#include <algorithm>
#include <utility>

namespace stack::socket {
namespace {

constexpr std::uint16_t first_unprivileged_port = 1024;

/// PORT UNRSV, of those that look at `what`.
bool admits_unreserved(std::vector<unreserved_rule> const& rules, bool tcp, std::string_view job,
                       unreserved_rule::check what) {
    bool guarded = false;
    for (auto const& rule : rules) {
        if (rule.tcp != tcp || rule.when != what) continue;
        if (is_for_job(rule.job, job)) return !rule.deny;
        guarded = true;
    }
    return !guarded;
}

}  // namespace

std::span<port_reservation const> reservations_of(std::vector<port_reservation> const& all,
                                                  bool tcp, std::uint16_t port) {
    return std::ranges::equal_range(all, std::pair(tcp, port), {}, [](auto const& each) {
        return std::pair(each.tcp, each.port);
    });
}

error_code apply_reservations(settings const& all, bool tcp, std::string_view job,
                              bound_name& name) {
    namespace errc = boost::system::errc;
    auto const denied = errc::make_error_code(errc::permission_denied);
    bool const restrict_low_ports = tcp ? all.tcp.restrict_low_ports : all.udp.restrict_low_ports;
    bool named = false;
    bool allowed = false;
    for (auto const& reservation : reservations_of(all.ports, tcp, name.local.port)) {
        named = true;
        if (!is_for_job(reservation.job, job)) continue;
        allowed = true;
        if (reservation.bind && name.is_any() && name.covers(*reservation.bind))
            name.local.host = *reservation.bind;
    }
    if (named && !allowed) return denied;
    if (!named && !admits_unreserved(all.unreserved, tcp, job, unreserved_rule::check::bind))
        return denied;
    // RESTRICTLOWPORTS: a port below 1024 needs a reservation.
    if (name.local.port < first_unprivileged_port && !allowed && restrict_low_ports) return denied;
    return {};
}

bool may_listen(settings const& all, std::uint16_t port, std::string_view job) {
    return !reservations_of(all.ports, true, port).empty() ||
           admits_unreserved(all.unreserved, true, job, unreserved_rule::check::listen);
}

bool is_shared_port(std::vector<port_reservation> const& all, std::uint16_t port) {
    return std::ranges::any_of(reservations_of(all, true, port), &port_reservation::shared);
}

}  // namespace stack::socket
