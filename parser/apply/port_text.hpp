// What messages call reservations of ports.
#pragma once

#include "parser/reservations.hpp"

#include <optional>
#include <string>

namespace parser {

char const* to_string(port_protocol protocol);  ///< "TCP" or "UDP"

/// "port 80 TCP".
std::string name_of(port_statement const& wanted);
/// "PORTRANGE 5000 10 TCP".
std::string name_of(port_protocol protocol, port_range ports);
std::string name_of(
    std::pair<std::pair<port_protocol, std::uint16_t> const, range_user> const& range);
/// "given to WEB", or "reserved".
std::string given_to(std::optional<std::string> const& job);

}  // namespace parser
