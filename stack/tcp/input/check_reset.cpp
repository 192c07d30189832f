// Second: is it a reset, and a true one?
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/output/output.hpp"

namespace stack::tcp {

verdict check_reset(arrival const& a) {
    namespace errc = boost::system::errc;
    if (!a.seg.rst()) return verdict::next_step();
    // RFC 9293 3.10.7.4 (RFC 5961 3.2): only an exact match ends the connection; anything else in
    // the window could be guessed, so the peer is asked.
    if (a.seg.seg_seq != a.c.rcv_nxt) {
        send_challenge(a.s, a.c, a.now);
        return verdict::drop(counter::drop_reset_invalid);
    }
    a.s.count(counter::resets_in);
    bool const opening = a.c.state == state::syn_received;
    fail(a.s, a.index,
         errc::make_error_code(opening ? errc::connection_refused : errc::connection_reset));
    return verdict::done();
}

}  // namespace stack::tcp
