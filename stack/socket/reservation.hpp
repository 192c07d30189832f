// Who may bind a port, and how many may: PORT, PORT UNRSV and RESTRICTLOWPORTS.
#pragma once

#include "stack/shard/settings.hpp"
#include "stack/socket/event.hpp"
#include "stack/wire/bound_name.hpp"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace stack::socket {

/// Those of one port of TCP or else of UDP, out of settings::ports.
std::span<port_reservation const> reservations_of(std::vector<port_reservation> const& all,
                                                  bool tcp, std::uint16_t port);

/// permission_denied if `job` may not bind the port of `name` (not 0) of TCP or else of UDP. A
/// socket bound to any address gets the one that PORT ... BIND names, if it is one of those.
error_code apply_reservations(settings const& all, bool tcp, std::string_view job,
                              bound_name& name);

/// PORT UNRSV ... WHENLISTEN: false if no reservation names the port of TCP, and `job` is not one
/// of those that may listen on such ports.
bool may_listen(settings const& all, std::uint16_t port, std::string_view job);

/// SHAREPORT: whether sockets that may bind the port of TCP may have it together. One entry that
/// says so is enough.
bool is_shared_port(std::vector<port_reservation> const& all, std::uint16_t port);

}  // namespace stack::socket
