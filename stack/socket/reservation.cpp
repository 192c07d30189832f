#include "stack/socket/reservation.hpp"

#include "stack/core/job_name.hpp"

#include <algorithm>
#include <utility>

namespace stack::socket {
namespace {

constexpr std::uint16_t first_unprivileged_port = 1024;

}  // namespace

std::span<port_reservation const> reservations_of(std::vector<port_reservation> const& all,
                                                  bool tcp, std::uint16_t port) {
    return std::ranges::equal_range(all, std::pair(tcp, port), {}, [](auto const& each) {
        return std::pair(each.tcp, each.port);
    });
}

error_code apply_reservations(std::vector<port_reservation> const& reservations, bool tcp,
                              bool restrict_low_ports, std::string_view job, bound_name& name) {
    namespace errc = boost::system::errc;
    bool named = false;
    bool allowed = false;
    for (auto const& reservation : reservations_of(reservations, tcp, name.local.port)) {
        named = true;
        if (!is_for_job(reservation.job, job)) continue;
        allowed = true;
        if (reservation.bind && name.is_any() && name.covers(*reservation.bind))
            name.local.host = *reservation.bind;
    }
    if (named && !allowed) return errc::make_error_code(errc::permission_denied);
    // RESTRICTLOWPORTS: a port below 1024 needs a reservation.
    if (name.local.port < first_unprivileged_port && !allowed && restrict_low_ports)
        return errc::make_error_code(errc::permission_denied);
    return {};
}

bool is_shared_port(std::vector<port_reservation> const& all, std::uint16_t port) {
    return std::ranges::any_of(reservations_of(all, true, port), &port_reservation::shared);
}

}  // namespace stack::socket
