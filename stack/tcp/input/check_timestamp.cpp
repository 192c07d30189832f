// Before and after the first check: timestamps (RFC 7323).
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/open/timestamp.hpp"
#include "stack/tcp/output/output.hpp"

namespace stack::tcp {

verdict check_timestamp(arrival const& a) {
    connection& c = a.c;
    // A SYN is challenged in any case (RFC 5961 4.2): its sender may have restarted.
    if (!c.timestamps || a.seg.rst() || a.seg.syn()) return verdict::next_step();
    auto const& stamp = a.seg.options.timestamps;
    // RFC 7323 3.2: once agreed on, in every segment.
    if (!stamp) return verdict::drop(counter::drop_no_timestamp);
    // RFC 7323 5.3 R1, PAWS; 5.5: after 24 days of silence nobody knows what is old.
    std::uint32_t const age = timestamp_seconds(a.now) - c.ts_recent_since;
    if (!is_older_timestamp(stamp->value, c.ts_recent) || age > limits::ts_recent_seconds)
        return verdict::next_step();
    if (a.seg.seg_len() > 0)
        c.ack_now = true;
    else
        send_challenge(a.s, c, a.now);
    return verdict::drop(counter::drop_old_timestamp);
}

verdict take_timestamp(arrival const& a) {
    connection& c = a.c;
    auto const& stamp = a.seg.options.timestamps;
    if (!c.timestamps || a.seg.rst() || a.seg.syn() || !stamp) return verdict::next_step();
    // RFC 7323 4.3 (2): of the segment that the next acknowledgement will answer.
    if (after(a.seg.seg_seq, c.rcv_acked)) return verdict::next_step();
    c.ts_recent = stamp->value;
    c.ts_recent_since = timestamp_seconds(a.now);
    return verdict::next_step();
}

}  // namespace stack::tcp
