// Marks of the network (RFC 3168).
#include "stack/tcp/input/input.hpp"

namespace stack::tcp {

verdict take_congestion(arrival const& a) {
    connection& c = a.c;
    if (!c.ecn || a.seg.text.empty()) return verdict::next_step();
    // RFC 3168 6.1.3: the echo goes on until the sender says that it has reacted. A mark on the
    // very segment that says so is a new one.
    if ((a.seg.flags & wire::tcp_flag::cwr) != 0) c.echo_owed = false;
    if (!a.seg.congested) return verdict::next_step();
    if (!c.echo_owed) c.ack_now = true;
    c.echo_owed = true;
    return verdict::next_step();
}

}  // namespace stack::tcp
