// A segment whose 4-tuple is unknown: LISTEN (RFC 9293 3.10.7.2) or CLOSED (3.10.7.1).
#include "stack/tcp/demux.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/open/choose_listener.hpp"
#include "stack/tcp/open/open.hpp"
#include "stack/tcp/output/output.hpp"

namespace stack::tcp {

void arrives_from_stranger(engine_state& s, arrived const& in, instant now) {
    segment const& seg = in.what;
    if (seg.syn() && !seg.ack() && !seg.rst())
        if (auto const listener = choose_listener(s, in.tuple.local))
            return open_passive(s, *listener, in, now);
    if (open_from_cookie(s, in, now)) return;
    s.count(counter::drop_no_connection);
    // A listener has nothing to say to a segment without SYN, ACK and RST.
    if (!seg.ack() && find_listener(s, in.tuple.local)) return;
    answer_with_reset(s, in.tuple, seg);
}

}  // namespace stack::tcp
