// Fourth: a SYN on a connection that has had its own.
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/output/output.hpp"

namespace stack::tcp {

verdict check_syn(arrival const& a) {
    if (!a.seg.syn()) return verdict::next_step();
    // RFC 9293 3.10.7.4 (RFC 5961 4.2): whatever its number. A peer that has restarted answers with
    // a reset that matches.
    send_challenge(a.s, a.c, a.now);
    return verdict::drop(counter::drop_unexpected_syn);
}

}  // namespace stack::tcp
