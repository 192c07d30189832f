// Which local address an outbound connection gets.
#pragma once

#include "stack/ip/topology.hpp"

#include <optional>
#include <string_view>

namespace stack::ip {

struct source_choice {
    address host;
    /// What SRCIP or TCPSTACKSOURCEVIPA names, if it is not an active address of this stack: the
    /// next rule has chosen.
    std::optional<address> inactive = std::nullopt;
};

/// Who opens a TCP connection.
struct tcp_client {
    std::string_view job;
    bool unbound = true;  ///< no bind() at all
};

/// For packets to `remote` from a socket not bound to an address (sysplex.md 8, items 6 to 9): of a
/// TCP connection the source that SRCIP gives the job or the destination, then TCPSTACKSOURCEVIPA
/// if SOURCEVIPA is on and the socket unbound; of both it and UDP (`client` is null) then
/// SOURCEVIPAINTERFACE, then the static VIPA that precedes the interface in HOME order, then the
/// interface's own address; of IPv6 the static VIPA only if SOURCEVIPAINTERFACE names it, and the
/// interface's address if none suits better by RFC 6724. A dynamic VIPA is only ever chosen by
/// SRCIP or TCPSTACKSOURCEVIPA. Nothing if there is no way to `remote`.
std::optional<source_choice> select_source(topology const& topology, address const& remote,
                                           tcp_client const* client);

}  // namespace stack::ip
