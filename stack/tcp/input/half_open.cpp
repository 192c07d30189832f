// SYN-RECEIVED of a passive open: RFC 9293 3.10.7.4 as far as it goes before there is a connection.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/open/open.hpp"
#include "stack/tcp/open/timestamp.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"

namespace stack::tcp {

namespace {

void challenge(engine_state& s, half_open& h, instant now) {
    if (h.challenges == 0) return s.count(counter::challenge_acks_limited);
    --h.challenges;
    s.count(counter::challenge_acks);
    wire::tcp_header header;
    header.sequence = h.snd_nxt().value();
    header.acknowledgment = h.rcv_nxt().value();
    header.flags = wire::tcp_flag::ack;
    header.window = h.window;
    if (h.timestamps)
        header.options.timestamps = {timestamp_clock(now) + timestamp_offset(s.secrets, h.tuple),
                                     h.ts_recent};
    emit(s, h.tuple, header);
}

// RFC 7323 3.2, 5.3 R1. Here, since a connection that drops the segment of which it was born would
// wait in SYN-RECEIVED for ever.
bool refuses_timestamp(engine_state& s, half_open& h, segment const& seg, instant now) {
    if (!h.timestamps || seg.rst() || seg.syn()) return false;
    auto const& stamp = seg.options.timestamps;
    if (stamp && !is_older_timestamp(stamp->value, h.ts_recent)) return false;
    s.count(stamp ? counter::drop_old_timestamp : counter::drop_no_timestamp);
    if (stamp) challenge(s, h, now);
    return true;
}

void take_reset(engine_state& s, std::uint32_t index, segment const& seg, instant now) {
    half_open& h = s.half_opens[index];
    if (seg.seg_seq != h.rcv_nxt()) {
        s.count(counter::drop_reset_invalid);
        return challenge(s, h, now);
    }
    // Back to LISTEN.
    s.count(counter::resets_in);
    end_half_open(s, index);
}

void take_handshake(engine_state& s, std::uint32_t index, arrived const& in, instant now) {
    half_open const& h = s.half_opens[index];
    if (in.what.seg_ack != h.snd_nxt()) {
        s.count(counter::drop_bad_ack);
        return answer_with_reset(s, in.tuple, in.what);
    }
    // The peer sends again, or answers the SYN,ACK that we send again.
    if (s.listeners[h.listener].is_full()) return s.count(counter::drop_backlog_full);
    process(s, promote(s, index, now), in.what, now);
}

}  // namespace

void arrives_half_open(engine_state& s, std::uint32_t index, arrived const& in, instant now) {
    half_open& h = s.half_opens[index];
    segment const& seg = in.what;
    // The SYN again: our answer was lost.
    if (seg.syn() && !seg.ack() && !seg.rst() && seg.seg_seq == h.irs)
        return send_syn_ack(s, h, timestamp_clock(now));
    if (refuses_timestamp(s, h, seg, now)) return;
    if (!acceptable(seg, h.rcv_nxt(), h.window)) {
        s.count(counter::drop_outside_window);
        if (!seg.rst()) challenge(s, h, now);
        return;
    }
    if (seg.rst()) return take_reset(s, index, seg, now);
    if (seg.syn()) {
        // RFC 9293 3.10.7.4, fourth: a passive open returns to LISTEN, and the SYN will come again.
        s.count(counter::drop_unexpected_syn);
        return end_half_open(s, index);
    }
    if (!seg.ack()) return s.count(counter::drop_no_ack);
    take_handshake(s, index, in, now);
}

}  // namespace stack::tcp
