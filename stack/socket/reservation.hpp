// Who may bind a port: PORT and RESTRICTLOWPORTS.
#pragma once

#include "stack/shard/settings.hpp"
#include "stack/socket/event.hpp"

#include <string_view>
#include <vector>

namespace stack::socket {

/// permission_denied if `job` may not bind `local.port` (not 0) of TCP or else of UDP. A socket
/// bound to any address gets the one that PORT ... BIND names.
error_code apply_reservations(std::vector<port_reservation> const& reservations, bool tcp,
                              bool restrict_low_ports, std::string_view job, endpoint& local);

}  // namespace stack::socket
