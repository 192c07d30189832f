// Which local address an outbound connection gets.
#pragma once

#include "stack/ip/topology.hpp"

#include <optional>

namespace stack::ip {

struct source_choice {
    address host;
    /// TCPSTACKSOURCEVIPA was to be used but is not an active address of this stack.
    bool stack_source_inactive = false;
};

/// For a TCP connection to `remote` from a socket not bound to an address (sysplex.md 8, items 7 to
/// 9): TCPSTACKSOURCEVIPA if SOURCEVIPA is on and `unbound` (no bind() at all), then
/// SOURCEVIPAINTERFACE, then the static VIPA that precedes the interface in HOME order, then the
/// interface's own address; of IPv6 the static VIPA only if SOURCEVIPAINTERFACE names it, and the
/// interface's address if none suits better by RFC 6724. A dynamic VIPA is only ever chosen by
/// TCPSTACKSOURCEVIPA. Nothing if there is no way to `remote`.
std::optional<source_choice> select_source(topology const& topology, address const& remote,
                                           bool unbound);

}  // namespace stack::ip
