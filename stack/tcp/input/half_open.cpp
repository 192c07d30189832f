// SYN-RECEIVED of a passive open: RFC 9293 3.10.7.4 as far as it goes before there is a connection.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/open/open.hpp"
#include "stack/tcp/open/timestamp.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"

namespace stack::tcp {

namespace {

void challenge(engine_state& s, half_open& h) {
    if (h.challenges == 0) return s.count(counter::challenge_acks_limited);
    --h.challenges;
    s.count(counter::challenge_acks);
    wire::tcp_header header;
    header.sequence = h.snd_nxt().value();
    header.acknowledgment = h.rcv_nxt().value();
    header.flags = wire::tcp_flag::ack;
    header.window = h.window;
    emit(s, h.tuple, header);
}

void take_reset(engine_state& s, std::uint32_t index, segment const& seg) {
    half_open& h = s.half_opens[index];
    if (seg.seg_seq != h.rcv_nxt()) {
        s.count(counter::drop_reset_invalid);
        return challenge(s, h);
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
    listener const& l = s.listeners[h.listener];
    if (l.waiting.size() >= l.backlog) return s.count(counter::drop_backlog_full);
    process(s, promote(s, index, now), in.what, now);
}

}  // namespace

void arrives_half_open(engine_state& s, std::uint32_t index, arrived const& in, instant now) {
    half_open& h = s.half_opens[index];
    segment const& seg = in.what;
    // The SYN again: our answer was lost.
    if (seg.syn() && !seg.ack() && !seg.rst() && seg.seg_seq == h.irs)
        return send_syn_ack(s, h, timestamp_clock(now));
    if (!acceptable(seg, h.rcv_nxt(), h.window)) {
        s.count(counter::drop_outside_window);
        if (!seg.rst()) challenge(s, h);
        return;
    }
    if (seg.rst()) return take_reset(s, index, seg);
    if (seg.syn()) {
        // RFC 9293 3.10.7.4, fourth: a passive open returns to LISTEN, and the SYN will come again.
        s.count(counter::drop_unexpected_syn);
        return end_half_open(s, index);
    }
    if (!seg.ack()) return s.count(counter::drop_no_ack);
    take_handshake(s, index, in, now);
}

}  // namespace stack::tcp
