// What the first structure of form HASHTABLE consists of: the connections that use a DVIPA.
#pragma once

#include "cf/dvipa.hpp"
#include "cf/ports.hpp"

#include <compare>
#include <cstdint>

namespace cf {

/// A connection between a port of the DVIPA and a remote socket; or, with `to` all zero, a socket
/// bound to the port, which may go anywhere and so excludes every other use of the port.
struct table_entry {
    std::uint16_t port = 0;
    destination to{};

    constexpr bool to_anyone() const { return to == destination{}; }
    friend constexpr bool operator==(table_entry const&, table_entry const&) = default;
    friend constexpr auto operator<=>(table_entry const&, table_entry const&) = default;
};

struct table_value {
    /// Bit s: the stack in slot s has the connection. More than one only after adoption.
    std::uint64_t owners = 0;
    /// A connection to a service port, accepted by its owner: not a use of the port as source port.
    bool inbound = false;

    friend constexpr bool operator==(table_value const&, table_value const&) = default;
};

struct table_row {
    table_entry entry;
    table_value value;

    friend constexpr bool operator==(table_row const&, table_row const&) = default;
};

}  // namespace cf
