// What the TCP engine needs from the layers around it.
#pragma once

#include "stack/packet/fragments.hpp"
#include "stack/wire/endpoint.hpp"

#include <boost/system/error_code.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace stack::tcp {

/// A segment, or a super-segment, on its way out: TCP header with options (checksum field zero),
/// and payload.
struct outgoing_segment {
    address source;
    address destination;
    std::span<std::byte const> header;
    fragments payload;
    /// Payload bytes of each segment but the last if payload is longer than that; 0: one segment.
    std::uint16_t gso_size = 0;
    std::uint8_t ecn = 0;  ///< the two ECN bits of the IP header (RFC 3168 5)
};

/// What arrived, as the IP layer found it. `bytes` is the TCP header and payload; the checksum has
/// been verified or vouched for.
struct incoming_segment {
    address source;
    address destination;
    std::span<std::byte const> bytes;
    std::uint16_t gso_size = 0;  ///< of a super-segment, else 0
    std::uint8_t ecn = 0;        ///< the two ECN bits of the IP header
};

/// The IP layer below. send() copies or transmits before it returns.
class segment_sink {
  public:
    virtual ~segment_sink() = default;
    virtual void send(outgoing_segment const& segment) = 0;
    /// Largest IP packet on the way from `source` to `destination`, in bytes; 0 if there is no
    /// route.
    virtual std::uint16_t path_mtu(address const& source, address const& destination) const = 0;
    /// Bytes that a tunnel puts around packets for `local` on their way here.
    virtual std::uint16_t tunnel_overhead(address const& /*local*/) const { return 0; }
    /// Whether super-segments may be handed down (up to 65,535 bytes of IP packet).
    virtual bool takes_super_segments() const = 0;
};

/// An index and a generation; a stale id is recognised.
struct connection_id {
    std::uint32_t index = 0xffffffff;
    std::uint32_t generation = 0;
    constexpr bool valid() const { return index != 0xffffffff; }
    friend constexpr bool operator==(connection_id const&, connection_id const&) = default;
};
struct listener_id {
    std::uint32_t index = 0xffffffff;
    std::uint32_t generation = 0;
    constexpr bool valid() const { return index != 0xffffffff; }
    friend constexpr bool operator==(listener_id const&, listener_id const&) = default;
};

/// The socket layer above. Called from inside engine functions; must not call the engine back
/// before returning.
class engine_observer {
  public:
    virtual ~engine_observer() = default;
    /// A 4-tuple comes to life in any form (SYN-SENT, half-open, established): its local port is in
    /// use once more. `passive` if a listener took it; `tag` is the one given at connect() or
    /// listen().
    virtual void opened(four_tuple const& tuple, bool passive, std::uint32_t tag) = 0;
    /// Nothing of the 4-tuple is left, TIME-WAIT included. Exactly once for each opened().
    virtual void ended(four_tuple const& tuple, bool passive, std::uint32_t tag) = 0;
    /// Whether a SYN may be answered with a cookie: opened() then follows only when the handshake
    /// is complete, and who needs to know of the 4-tuple before would miss it.
    virtual bool may_open_unseen(four_tuple const&) const { return true; }

    virtual void connected(connection_id id, std::uint32_t tag) = 0;
    /// A connection to `listener` is established and waits in its backlog.
    virtual void acceptable(listener_id listener, std::uint32_t tag) = 0;
    /// Data, or the end of the peer's stream, can be read. Reported once until the user has read to
    /// the end of what there was.
    virtual void readable(connection_id id, std::uint32_t tag) = 0;
    /// Room in the send buffer after it was full.
    virtual void writable(connection_id id, std::uint32_t tag) = 0;
    /// Dead before an orderly end: connection_refused, connection_reset, timed_out,
    /// host_unreachable, ... The id stays valid until close().
    virtual void failed(connection_id id, std::uint32_t tag, boost::system::error_code error) = 0;
    /// Both directions have ended in order and everything sent is acknowledged. The id stays valid
    /// until close().
    virtual void finished(connection_id id, std::uint32_t tag) = 0;
};

}  // namespace stack::tcp
