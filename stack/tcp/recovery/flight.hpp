// What a connection knows about its data in flight; there only while there is some.
#pragma once

#include "stack/core/time.hpp"
#include "stack/packet/byte_queue.hpp"
#include "stack/tcp/congestion/congestion.hpp"
#include "stack/tcp/recovery/prr.hpp"
#include "stack/tcp/recovery/scoreboard.hpp"
#include "stack/tcp/seq.hpp"

#include <cstdint>
#include <optional>

namespace stack::tcp {

/// Why the congestion window is not simply growing. It ends when everything sent before it, up to
/// connection::recover, is acknowledged.
enum class episode : std::uint8_t {
    none,
    reduced,   ///< the network has marked packets: CWR of RFC 3168 6.1.2
    recovery,  ///< fast recovery: RFC 6675 5, RFC 6582 3.2
    timeout    ///< the retransmission timer went off: RFC 5681 3.1
};

/// RFC 5682: is what looks like loss of everything only a delay?
enum class frto : std::uint8_t {
    off,
    probing,  ///< the first segment was sent again; nothing else, until an acknowledgement tells
    waiting   ///< it told nothing; new data were sent, whose acknowledgement will
};

struct flight {
    scoreboard board;
    episode now_in = episode::none;
    frto spurious = frto::off;
    std::uint16_t dup_acks = 0;  ///< without SACK: segments that have arrived beyond the hole
    /// Bytes of the packet that probes the path, while its fate is unknown (RFC 4821 7.5); else 0.
    std::uint16_t path_probe = 0;
    byte_queue::mark sent_last;            ///< in connection::send: where the text sent last lies
    std::optional<delivery::latest> rack;  ///< the range sent last of those that have arrived
    duration rack_rtt{};
    seq rtt_seq;        ///< RFC 6298 3: the next measurement is of what was sent from here on
    seq probe_end;      ///< TLP.end_seq (RFC 8985 7.1), if connection::probe_out
    seq dsack_round;    ///< RACK: the next duplicate that counts is acknowledged from here on
    seq snd_sml;        ///< end of the last segment sent that was less than full
    congestion before;  ///< of a timeout, to go back to if it was spurious
    prr reduction;
};

}  // namespace stack::tcp
