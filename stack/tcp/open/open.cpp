#include "stack/tcp/open/open.hpp"

#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/data/window.hpp"
#include "stack/tcp/demux.hpp"
#include "stack/tcp/input/input.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/open/choose_listener.hpp"
#include "stack/tcp/open/cookie.hpp"
#include "stack/tcp/open/isn.hpp"
#include "stack/tcp/open/negotiate.hpp"
#include "stack/tcp/open/timestamp.hpp"
#include "stack/tcp/option/option.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/recovery/timeout.hpp"
#include "stack/tcp/timers.hpp"

#include <algorithm>

namespace stack::tcp {

std::uint32_t next_number(engine_state& s) {
    if (++s.last_number == 0) ++s.last_number;
    return s.last_number;
}

namespace {

rtt_estimator first_estimate(engine_state const& s) {
    return {s.settings.initial_rto, s.settings.max_rto};
}

handshake& begin_handshake(engine_state& s, std::uint32_t index, instant now) {
    connection& c = s.connections[index];
    c.handshake = s.handshakes.emplace();
    handshake& h = s.handshakes[c.handshake];
    h.connection = index;
    h.sent = now;
    return h;
}

}  // namespace

void end_handshake(engine_state& s, connection& c) {
    if (c.handshake != slab<handshake>::none) s.handshakes.erase(c.handshake);
    c.handshake = slab<handshake>::none;
}

std::uint32_t open_active(engine_state& s, four_tuple const& tuple, std::uint32_t tag,
                          connection_options const& options, instant now) {
    std::uint32_t const index = s.connections.emplace();
    connection& c = s.connections[index];
    c.tuple = tuple;
    c.tag = tag;
    c.number = next_number(s);
    c.state = state::syn_sent;
    c.iss = c.snd_una = c.snd_nxt = c.snd_max = initial_sequence(s.secrets, tuple, now);
    c.mss = largest_segment(s, tuple, options);
    c.timestamps = s.settings.timestamps;
    c.sack = s.settings.selective_ack;
    c.rtt = first_estimate(s);
    c.ts_offset = timestamp_offset(s.secrets, tuple);
    c.rcv_buffer = first_receive_buffer(s, options);
    c.rcv_wscale = window_scale_for(largest_receive_buffer(s, options));
    begin_handshake(s, index, now);
    duration patience = s.settings.connect_timeout;
    if (options.user_timeout > duration::zero())
        patience = std::min(patience, options.user_timeout);
    set_deadline(s, c, &deadlines::idle, now + patience);
    set_options(s, index, options, now);
    enter(s, tuple, {entity::connection, index});
    s.count(counter::active_opens);
    s.observer.opened(tuple, false, tag);
    want_output(s, index);
    return index;
}

namespace {

// RFC 9293 3.10.7.4, MAY-2: past everything the old connection has sent.
seq choose_isn(engine_state const& s, four_tuple const& tuple, instant now, seq const* past) {
    seq const chosen = initial_sequence(s.secrets, tuple, now);
    if (past == nullptr || after(chosen, *past + limits::isn_reuse_gap)) return chosen;
    return *past + limits::isn_reuse_gap;
}

// RFC 4987 3.4: the oldest goes; it has had the most time to answer.
bool evict_oldest(engine_state& s, listener& l) {
    if (l.opening.empty()) return false;
    s.count(counter::half_open_evicted);
    ++l.served.failed;
    end_half_open(s, l.opening.front());
    return true;
}

void refuse(engine_state& s, listener& l) {
    s.count(counter::drop_backlog_full);
    ++l.served.refused;
}

bool is_crowded(engine_state const& s, listener const& l) {
    return l.opening.size() >= l.backlog ||
           s.half_opens.size() >= std::max(s.settings.half_opens, 1U);
}

half_open describe(engine_state& s, arrived const& in, instant now) {
    peer_terms const terms = read_terms(in.what, in.tuple.remote.host);
    half_open h;
    h.tuple = in.tuple;
    h.irs = in.what.seg_seq;
    h.peer_mss = terms.mss;
    h.scaling = terms.scaling;
    h.sack = s.settings.selective_ack && terms.sack;
    h.timestamps = s.settings.timestamps && terms.timestamp.has_value();
    h.ts_recent = terms.timestamp.value_or(0);
    h.ecn = terms.ecn;
    h.snd_wscale = terms.wscale;
    h.started = now;
    return h;
}

void offer_buffers(engine_state const& s, half_open& h, connection_options const& of) {
    h.window = syn_window(first_receive_buffer(s, of));
    h.rcv_wscale = window_scale_for(largest_receive_buffer(s, of));
}

void give_to(engine_state const& s, half_open& h, std::uint32_t listener) {
    h.listener = listener;
    h.tag = s.listeners[listener].tag;
}

// A cookie says nothing of the listener, and another one may get the connection: what it offers is
// what all do.
void offer_buffers_of_all(engine_state const& s, half_open& h) {
    offer_buffers(s, h, {});
}

// The cookie holds the MSS, the timestamp the rest; a peer without timestamps gets neither scaling
// nor SACK nor ECN.
void forget_terms(half_open& h) {
    h.scaling = h.sack = h.ecn = false;
}

void recall_terms(engine_state const& s, half_open& h, std::uint32_t echo) {
    cookie_terms const terms = read_stamp(echo - timestamp_offset(s.secrets, h.tuple));
    h.scaling = terms.wscale.has_value();
    h.snd_wscale = terms.wscale.value_or(0);
    h.sack = terms.sack;
    h.ecn = terms.ecn;
}

std::uint32_t stamp_for(half_open const& h, instant now) {
    cookie_terms terms{.wscale = {}, .sack = h.sack, .ecn = h.ecn};
    if (h.scaling) terms.wscale = h.snd_wscale;
    return make_stamp(terms, timestamp_clock(now));
}

void answer_with_cookie(engine_state& s, half_open h, instant now) {
    if (!h.timestamps) forget_terms(h);
    offer_buffers_of_all(s, h);
    h.iss = make_cookie(s.cookie_secret, h.tuple, h.irs, h.peer_mss, now);
    s.cookies_until = now + 2 * limits::cookie_tick;
    s.count(counter::syn_cookies_sent);
    send_syn_ack(s, h, stamp_for(h, now));
}

}  // namespace

void open_passive(engine_state& s, std::uint32_t listener, arrived const& in, instant now,
                  seq const* past) {
    struct listener& l = s.listeners[listener];
    if (l.is_full()) return refuse(s, l);
    half_open opening = describe(s, in, now);
    give_to(s, opening, listener);
    if (is_crowded(s, l)) {
        // A cookie can't be chosen to lie past an old connection.
        if (past == nullptr && s.observer.may_open_unseen(in.tuple))
            return answer_with_cookie(s, opening, now);
        if (!evict_oldest(s, l)) return refuse(s, l);
    }
    offer_buffers(s, opening, l.options);
    opening.iss = choose_isn(s, in.tuple, now, past);
    opening.number = next_number(s);
    std::uint32_t const index = s.half_opens.emplace();
    half_open& h = s.half_opens[index];
    h = opening;
    l.opening.push_back(s.half_opens, index);
    enter(s, h.tuple, {entity::half_open, index});
    s.half_open_timers.schedule(index, now + half_open_timeout(0));
    s.count(counter::passive_opens);
    s.observer.opened(h.tuple, true, h.tag);
    send_syn_ack(s, h, timestamp_clock(now));
}

namespace {

// A connection in SYN-RECEIVED, in its listener's backlog but not in the table of 4-tuples.
std::uint32_t bear(engine_state& s, half_open const& h, instant now) {
    connection_options const& options = s.listeners[h.listener].options;
    std::uint32_t const born = s.connections.emplace();
    connection& c = s.connections[born];
    c.tuple = h.tuple;
    c.passive = true;
    c.tag = h.tag;
    c.number = h.number;
    c.state = state::syn_received;
    c.iss = c.snd_una = h.iss;
    c.irs = h.irs;
    c.snd_nxt = c.snd_max = h.snd_nxt();
    c.rcv_nxt = h.rcv_nxt();
    c.rcv_adv = c.rcv_nxt + h.window;
    c.snd_wscale = h.scaling ? h.snd_wscale : std::uint8_t{0};
    c.rcv_wscale = h.scaling ? h.rcv_wscale : std::uint8_t{0};
    c.sack = h.sack;
    c.timestamps = h.timestamps;
    c.ts_offset = timestamp_offset(s.secrets, h.tuple);
    c.ts_recent = h.ts_recent;
    c.ts_recent_since = timestamp_seconds(now);
    c.rcv_acked = c.rcv_nxt;
    c.ecn = h.ecn;
    c.rtt = first_estimate(s);
    c.rcv_buffer = first_receive_buffer(s, options);
    c.mss = payload_of(c, std::min(h.peer_mss, largest_segment(s, h.tuple, options)));
    c.syn_lost = h.attempts > 0;
    begin_handshake(s, born, h.started).listener = h.listener;
    set_options(s, born, options, now);
    s.listeners[h.listener].waiting.push_back(s.handshakes, c.handshake);
    ++s.listeners[h.listener].served.established;
    return born;
}

}  // namespace

std::uint32_t promote(engine_state& s, std::uint32_t index, instant now) {
    half_open const h = s.half_opens[index];
    std::uint32_t const born = bear(s, h, now);
    hand_over(s, h.tuple, {entity::connection, born});
    s.half_open_timers.cancel(index);
    s.listeners[h.listener].opening.erase(s.half_opens, index);
    s.half_opens.erase(index);
    return born;
}

bool open_from_cookie(engine_state& s, arrived const& in, instant now) {
    if (now >= s.cookies_until || in.what.syn() || in.what.rst() || !in.what.ack()) return false;
    half_open h = describe(s, in, now);
    h.irs = in.what.seg_seq - 1;
    h.iss = in.what.seg_ack - 1;
    forget_terms(h);
    if (h.timestamps) recall_terms(s, h, in.what.options.timestamps->echo);
    auto const mss = read_cookie(s.cookie_secret, h.tuple, h.irs, h.iss, now);
    if (!mss) return false;
    auto const listener = choose_listener(s, h.tuple.local);
    if (!listener) return false;
    if (s.listeners[*listener].is_full()) {
        refuse(s, s.listeners[*listener]);
        return true;
    }
    give_to(s, h, *listener);
    offer_buffers_of_all(s, h);
    h.peer_mss = *mss;
    h.number = next_number(s);
    s.count(counter::passive_opens);
    s.count(counter::syn_cookies_accepted);
    s.observer.opened(h.tuple, true, h.tag);
    std::uint32_t const born = bear(s, h, now);
    // When the SYN,ACK left is not known: nothing is measured, and it begins as if it had been
    // lost.
    s.connections[born].syn_lost = true;
    enter(s, h.tuple, {entity::connection, born});
    process(s, born, in.what, now);
    return true;
}

}  // namespace stack::tcp
