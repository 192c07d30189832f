// Where the stack gets source ports of shared addresses from: an interface the stack needs and
// somebody else provides.
#pragma once

#include "stack/core/port_set.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstdint>

namespace stack {

/// Names one request that could not be answered at once; chosen by the shard, unique while
/// outstanding.
using port_ticket = std::uint64_t;

enum class port_answer : std::uint8_t {
    granted,
    in_use,       ///< EADDRINUSE: the port named is held (see who_holds for by whom)
    exhausted,    ///< EADDRNOTAVAIL: no port of the range is free
    unavailable,  ///< EADDRNOTAVAIL: the facility is away, fenced, disagrees, or the barrier did
                  ///< not open in time
    pending,      ///< the answer comes later through shard::port_resolved(ticket, reply)
};

struct port_reply {
    port_answer answer = port_answer::unavailable;
    std::uint16_t port = 0;  ///< valid if granted
};

/// The pool of EXPLICITBINDPORTRANGE is for the port source one more address, of which ports are
/// allocated and claimed for sockets bound to any address: ::.
inline constexpr address explicit_bind_pool{};

/// Source ports of addresses that several stacks share. Calls never block: what can't be answered
/// at once is `pending`. A port granted belongs to this stack until release(), however often it is
/// used meanwhile: the stack counts its own uses.
class port_source {
  public:
    virtual ~port_source() = default;

    /// A port for a connection from `dvipa` to `remote`, not in `excluded` (the ports this stack
    /// must not pick: outside EPHEMERALPORTS, reserved, listening, or bound here). `excluded` is
    /// read during the call only. `stride`: bit b stands for every port that is b modulo 64; the
    /// port is one of these (owner.hpp).
    virtual port_reply allocate(address const& dvipa, endpoint const& remote,
                                port_set const& excluded, std::uint64_t stride,
                                port_ticket ticket) = 0;
    /// Exactly this port, for a bind. Not called for ports this stack already holds.
    virtual port_reply claim(address const& dvipa, std::uint16_t port, port_ticket ticket) = 0;
    /// The last use of a granted or adopted port has ended (TIME-WAIT included). Never fails: it is
    /// queued and retried. Of a DVIPA shared by connection: only of ports claimed, or allocated for
    /// no remote.
    virtual void release(address const& dvipa, std::uint16_t port) = 0;
    /// On a DVIPA shared by connection, one is there that allocate() did not grant: inbound, or
    /// from a bound port. Never fails.
    virtual void opened(four_tuple const& tuple, bool inbound) = 0;
    /// On a DVIPA shared by connection, one has ended (TIME-WAIT included). Never fails.
    virtual void ended(four_tuple const& tuple) = 0;
    /// A listener makes the port a service port of the DVIPA on this stack: bindable by the others
    /// too, never a source port. in_use if the port is a source port somewhere.
    virtual port_reply serve(address const& dvipa, std::uint16_t port, port_ticket ticket) = 0;
    /// The last listener on the port, and the last connection it accepted, have ended.
    virtual void unserve(address const& dvipa, std::uint16_t port) = 0;
};

}  // namespace stack
