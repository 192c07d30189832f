// How large a connection's segments may be: what its path is known to take, and how that is found
// out.
#pragma once

#include "stack/tcp/engine_state.hpp"

#include <cstdint>

namespace stack::tcp {

/// Takes the size that the path is known to take, which another connection may have found.
void follow_path(engine_state& s, connection& c);

// ---- smaller ----
/// A router says that packets above `mtu` bytes do not get through: RFC 1191 6, RFC 8201 4.
void path_is_narrow(engine_state& s, connection& c, std::uint16_t mtu, instant now);
/// The retransmission timer went off, connection::attempts times now: if the first segment in
/// flight may be too big for a path that does not say so, they become smaller (RFC 4821 7.7).
void suspect_black_hole(engine_state& s, connection& c, instant now);

// ---- larger ----
/// Whether a probe is due: one segment of new data that is larger than the others (RFC 4821 7.4).
/// Its payload in bytes, or 0.
std::uint32_t path_probe_due(engine_state& s, connection& c, instant now);
/// The probe has arrived.
void widen_path(engine_state& s, connection& c, flight& f, instant now);
/// Whether the probe, and nothing else, is lost. Then it was too big: it goes again in smaller
/// segments, and the network is not congested (RFC 4821 3).
bool only_path_probe_lost(engine_state& s, connection const& c, flight& f, instant now);

}  // namespace stack::tcp
