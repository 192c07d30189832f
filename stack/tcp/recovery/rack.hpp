// RACK: what was sent some time before something that has arrived is lost.
#pragma once

#include "stack/core/time.hpp"
#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/recovery/flight.hpp"

namespace stack::tcp {

/// RFC 8985 6.2 steps 1 to 4: what the acknowledgement says about times and order.
void rack_update(connection& c, flight& f, delivery const& d, bool duplicate_sack);
/// Step 5: marks what is lost by now. Returns how long to wait before looking again; zero: not.
duration rack_detect_losses(engine_state& s, connection const& c, flight& f, instant now);
/// RFC 8985 6.3: what a retransmission timeout proves lost.
void rack_mark_losses_on_timeout(engine_state& s, connection const& c, flight& f, instant now);
/// A recovery is over: an enlarged window of reordering is given up after some (RFC 8985 6.2 4.3).
void rack_recovered(connection& c);

}  // namespace stack::tcp
