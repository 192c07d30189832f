// SYN-SENT: RFC 9293 3.10.7.3.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/data/window.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/open/negotiate.hpp"
#include "stack/tcp/open/timestamp.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

verdict take_strange_ack(arrival const& a) {
    connection& c = a.c;
    if (a.seg.rst()) return verdict::drop(counter::drop_reset_invalid);
    answer_with_reset(a.s, c.tuple, a.seg);
    // The reset ends an old connection at the peer; the SYN that it answered with this ACK is lost,
    // so it goes once more at once instead of after a second.
    if (!c.syn_repeated) c.snd_nxt = c.snd_una;
    c.syn_repeated = true;
    return verdict::drop(counter::drop_bad_ack);
}

verdict take_refusal(arrival const& a) {
    namespace errc = boost::system::errc;
    // Without an ACK that fits, anybody could have sent it.
    if (!a.seg.ack()) return verdict::drop(counter::drop_reset_invalid);
    a.s.count(counter::resets_in);
    fail(a.s, a.index, errc::make_error_code(errc::connection_refused));
    return verdict::done();
}

void take_syn(arrival const& a) {
    connection& c = a.c;
    c.irs = a.seg.seg_seq;
    c.rcv_nxt = c.irs + 1;
    c.rcv_adv = c.rcv_nxt + syn_window(c.rcv_buffer);
    peer_terms const terms = read_terms(a.seg, c.tuple.remote.host);
    c.sack = c.sack && terms.sack;
    c.timestamps = c.timestamps && terms.timestamp.has_value();
    c.ts_recent = terms.timestamp.value_or(0);
    c.ts_recent_since = timestamp_seconds(a.now);
    c.rcv_acked = c.rcv_nxt;
    c.ecn = terms.ecn;
    c.mss = payload_of(c, std::min(c.mss, terms.mss));
    c.snd_wscale = terms.wscale;
    if (!terms.scaling) c.rcv_wscale = 0;
}

}  // namespace

verdict take_syn_sent(arrival const& a) {
    connection& c = a.c;
    if (c.state != state::syn_sent) return verdict::next_step();
    bool const fits = after(a.seg.seg_ack, c.snd_una) && at_or_before(a.seg.seg_ack, c.snd_max);
    if (a.seg.ack() && !fits) return take_strange_ack(a);
    if (a.seg.rst()) return take_refusal(a);
    if (!a.seg.syn()) return verdict::drop(counter::drop_no_syn);
    take_syn(a);
    if (!a.seg.ack()) {
        // Simultaneous open; text and FIN come again after the handshake.
        c.state = state::syn_received;
        c.snd_nxt = c.snd_una;
        return verdict::done();
    }
    become_established(a);
    c.ack_now = true;
    if (verdict const v = take_text(a); v.stops()) return v;
    return take_fin(a);
}

}  // namespace stack::tcp
