// What a shard needs from the outside: devices, the other stacks, the coupling facility.
// Implemented by the daemon and the simulator.
#pragma once

#include "stack/packet/fragments.hpp"
#include "stack/packet/offload.hpp"
#include "stack/shard/member.hpp"
#include "stack/wire/endpoint.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace stack {

/// What stacks tell each other about connections, so that the owner of a DVIPA can route what
/// arrives for it.
struct connection_notice {
    enum class kind : std::uint8_t {
        opened,             ///< CONN-NEW: `tuple` (local = DVIPA side) lives on the sender
        ended,              ///< nothing of `tuple` is left on the sender
        listening,          ///< the sender has a listener that takes connections to tuple.local
        stopped_listening,  ///< its last such listener is gone
        receiving,          ///< the sender has a UDP socket that takes datagrams to tuple.local,
                            ///< from tuple.remote alone unless that is empty
        stopped_receiving   ///< that socket is gone, or has another name
    };
    kind what = kind::opened;
    four_tuple tuple;
};

/// Who holds a port of a DVIPA, as far as the first structure tells.
struct port_holder {
    enum class kind : std::uint8_t { nobody, one, several, unknown };
    kind what = kind::unknown;
    member_id who;  ///< valid if `one`
};

/// Things an operator should know.
enum class warning : std::uint8_t {
    source_inactive,  ///< SRCIP or TCPSTACKSOURCEVIPA names `about`, which is no active address
                      ///< here: the next rule chose (at most every 5 minutes)
    explicit_bind_exhausted  ///< a bind found no free port in the pool of EXPLICITBINDPORTRANGE
                             ///< (each time)
};

/// The world around a shard. Calls come from inside shard functions; implementations must not call
/// the shard back before returning.
class environment {
  public:
    virtual ~environment() = default;

    /// An IP packet for the device behind interface `index` (position in settings::interfaces).
    /// Bytes are valid during the call only. With meta.checksum_partial or gso the device does the
    /// rest; the callee falls back to software if its device can't.
    virtual void transmit(std::size_t index, fragments const& packet, offload const& meta) = 0;
    /// A packet for another shard of this stack, whose receive_handed() gets it; `from` as there.
    /// Never called of a stack of one shard.
    virtual void hand_over(std::size_t /*shard*/, member_id /*from*/,
                           std::span<std::byte const> /*packet*/, offload const& /*meta*/) {}
    /// An IP packet for another stack of the group, unchanged. A full queue drops and counts. Of
    /// several shards the first calls it; a further one with its own errors of ICMP only.
    virtual void forward(member_id to, fragments const& packet, offload const& meta) = 0;
    /// A notice to the owner of a DVIPA; ordered with forward() to the same member. Of a further
    /// shard to its own stack, too: the first one gets it.
    virtual void notify(member_id to, connection_notice const& notice) = 0;
    /// The question to the first structure: whose is the local port of this connection with a
    /// DVIPA, or the connection itself? Answers from memory (shared memory) or `unknown`. Of
    /// several shards only the first asks.
    virtual port_holder who_holds(four_tuple const& tuple) = 0;
    /// For the log; whoever has none leaves it.
    virtual void warn(warning, address const& /*about*/) {}
};

}  // namespace stack
