// TIME-WAIT: RFC 9293 3.10.7.4.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/open/choose_listener.hpp"
#include "stack/tcp/open/open.hpp"
#include "stack/tcp/open/timestamp.hpp"
#include "stack/tcp/output/emit.hpp"

namespace stack::tcp {

namespace {

void acknowledge(engine_state& s, time_wait const& t, instant now) {
    wire::tcp_header header;
    header.sequence = t.snd_nxt.value();
    header.acknowledgment = t.rcv_nxt.value();
    header.flags = wire::tcp_flag::ack;
    header.window = t.window;
    if (t.timestamps)
        header.options.timestamps = {timestamp_clock(now) + timestamp_offset(s.secrets, t.tuple),
                                     t.ts_recent};
    emit(s, t.tuple, header);
}

// RFC 6191 2: younger by its timestamp, or else, as RFC 9293 MAY-2 says, past everything that the
// old connection sent.
bool is_younger(segment const& syn, time_wait const& t) {
    auto const& stamp = syn.options.timestamps;
    if (t.timestamps && stamp && stamp->value != t.ts_recent)
        return after(seq(stamp->value), seq(t.ts_recent));
    return !before(syn.seg_seq, t.rcv_nxt);
}

bool give_way(engine_state& s, std::uint32_t index, arrived const& in, instant now) {
    segment const& seg = in.what;
    if (!seg.syn() || seg.ack() || seg.rst() || !is_younger(seg, s.time_waits[index])) return false;
    auto const listener = choose_listener(s, in.tuple.local);
    if (!listener) return false;
    seq const past = s.time_waits[index].snd_nxt;
    s.count(counter::time_wait_reused);
    end_time_wait(s, index);
    open_passive(s, *listener, in, now, &past);
    return true;
}

}  // namespace

void arrives_time_wait(engine_state& s, std::uint32_t index, arrived const& in, instant now) {
    time_wait const& t = s.time_waits[index];
    segment const& seg = in.what;
    if (seg.rst()) {
        // RFC 9293 3.10.7.4, second; only the exact number, so that old duplicates end nothing (RFC
        // 1337).
        if (seg.seg_seq == t.rcv_nxt) return end_time_wait(s, index);
        return s.count(counter::drop_reset_invalid);
    }
    if (give_way(s, index, in, now)) return;
    // An ACK without text could be the answer to ours; only what has a length is answered.
    if (seg.seg_len() == 0) return s.count(counter::drop_outside_window);
    acknowledge(s, t, now);
    bool const fin_again = seg.fin() && seg.seg_seq + seg.seg_len() == t.rcv_nxt;
    if (fin_again) restart_time_wait(s, index, now);
}

}  // namespace stack::tcp
