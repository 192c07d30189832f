#include "stack/tcp/open/open.hpp"

#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/data/window.hpp"
#include "stack/tcp/demux.hpp"
#include "stack/tcp/open/isn.hpp"
#include "stack/tcp/open/negotiate.hpp"
#include "stack/tcp/open/timestamp.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/recovery/timeout.hpp"

#include <algorithm>

namespace stack::tcp {

std::uint32_t next_number(engine_state& s) {
    if (++s.last_number == 0) ++s.last_number;
    return s.last_number;
}

std::uint32_t open_active(engine_state& s, four_tuple const& tuple, std::uint32_t tag,
                          instant now) {
    std::uint32_t const index = s.connections.emplace();
    connection& c = s.connections[index];
    c.tuple = tuple;
    c.tag = tag;
    c.number = next_number(s);
    c.state = state::syn_sent;
    c.iss = c.snd_una = c.snd_nxt = c.snd_max = c.snd_sml =
        initial_sequence(s.isn_secret, tuple, now);
    c.mss = path_mss(s, tuple);
    c.ts_offset = timestamp_offset(s.timestamp_secret, tuple);
    c.rcv_wscale = window_scale_for(s.settings.receive_buffer);
    c.idle_deadline = now + s.settings.connect_timeout;
    enter(s, tuple, {entity::connection, index});
    s.count(counter::active_opens);
    s.observer.opened(tuple, false, tag);
    want_output(s, index);
    return index;
}

namespace {

// RFC 9293 3.10.7.4, MAY-2: past everything the old connection has sent.
seq choose_isn(engine_state const& s, four_tuple const& tuple, instant now, seq const* past) {
    seq const chosen = initial_sequence(s.isn_secret, tuple, now);
    if (past == nullptr || after(chosen, *past + limits::isn_reuse_gap)) return chosen;
    return *past + limits::isn_reuse_gap;
}

bool make_room(engine_state& s, listener const& l) {
    if (l.waiting.size() >= l.backlog) return false;
    if (l.opening.size() < l.backlog) return true;
    s.count(counter::half_open_evicted);
    end_half_open(s, l.opening.front());
    return true;
}

}  // namespace

void open_passive(engine_state& s, std::uint32_t listener, arrived const& in, instant now,
                  seq const* past) {
    struct listener& l = s.listeners[listener];
    if (!make_room(s, l)) return s.count(counter::drop_backlog_full);
    peer_terms const terms = read_terms(in.what, in.tuple.remote.host);
    std::uint32_t const index = s.half_opens.emplace();
    half_open& h = s.half_opens[index];
    h.tuple = in.tuple;
    h.iss = choose_isn(s, in.tuple, now, past);
    h.irs = in.what.seg_seq;
    h.peer_mss = terms.mss;
    h.window = syn_window(s.settings.receive_buffer);
    h.scaling = terms.scaling;
    h.sack = terms.sack;
    h.timestamps = terms.timestamp.has_value();
    h.ts_recent = terms.timestamp.value_or(0);
    h.ecn = terms.ecn;
    h.snd_wscale = terms.wscale;
    h.rcv_wscale = window_scale_for(s.settings.receive_buffer);
    h.listener = listener;
    h.tag = l.tag;
    h.number = next_number(s);
    h.started = now;
    l.opening.push_back(s.half_opens, index);
    enter(s, h.tuple, {entity::half_open, index});
    s.half_open_timers.schedule(index, now + half_open_timeout(0));
    s.count(counter::passive_opens);
    s.observer.opened(h.tuple, true, h.tag);
    send_syn_ack(s, h, now);
}

std::uint32_t promote(engine_state& s, std::uint32_t index, instant now) {
    half_open const h = s.half_opens[index];
    std::uint32_t const born = s.connections.emplace();
    connection& c = s.connections[born];
    c.tuple = h.tuple;
    c.passive = true;
    c.tag = h.tag;
    c.number = h.number;
    c.state = state::syn_received;
    c.iss = c.snd_una = c.snd_sml = h.iss;
    c.snd_nxt = c.snd_max = h.snd_nxt();
    c.irs = h.irs;
    c.rcv_nxt = h.rcv_nxt();
    c.rcv_adv = c.rcv_nxt + h.window;
    c.snd_wscale = h.scaling ? h.snd_wscale : std::uint8_t{0};
    c.rcv_wscale = h.scaling ? h.rcv_wscale : std::uint8_t{0};
    c.sack = h.sack;
    c.timestamps = h.timestamps;
    c.ts_offset = timestamp_offset(s.timestamp_secret, h.tuple);
    c.ts_recent = h.ts_recent;
    c.ts_recent_since = now;
    c.rcv_acked = c.rcv_nxt;
    c.ecn = h.ecn;
    c.mss = payload_of(c, std::min(h.peer_mss, path_mss(s, h.tuple)));
    c.syn_lost = h.attempts > 0;
    c.last_sent = h.started;
    c.listener = h.listener;
    hand_over(s, h.tuple, {entity::connection, born});
    s.half_open_timers.cancel(index);
    s.listeners[h.listener].opening.erase(s.half_opens, index);
    s.half_opens.erase(index);
    s.listeners[h.listener].waiting.push_back(s.connections, born);
    return born;
}

}  // namespace stack::tcp
