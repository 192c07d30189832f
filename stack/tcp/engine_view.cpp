// The engine as displays and tests see it.
#include "stack/tcp/demux.hpp"
#include "stack/tcp/engine.hpp"
#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/recovery/recovery.hpp"
#include "stack/tcp/timers.hpp"

#include <algorithm>
#include <array>

namespace stack::tcp {

void engine::each(std::function<void(entry const&)> const& visit) const {
    engine_state const& s = *state_;
    s.listeners.each([&](std::uint32_t, listener const& l) {
        auto const& local = l.name.local;
        visit({l.number, {local, {local.host.any(), 0}}, state::listen, l.tag, true});
    });
    s.half_opens.each([&](std::uint32_t, half_open const& h) {
        visit({h.number, h.tuple, state::syn_received, h.tag, true});
    });
    s.connections.each([&](std::uint32_t index, connection const& c) {
        if (c.detached()) return;
        connection_id const id{index, s.connections.generation(index)};
        visit({c.number, c.tuple, c.state, c.tag, c.passive, id});
    });
    s.time_waits.each([&](std::uint32_t, time_wait const& t) {
        visit({t.number, t.tuple, state::time_wait, t.tag, t.passive});
    });
}

namespace {

/// Without the SYN, and the FIN if it has come.
std::uint32_t bytes_in(connection const& c) {
    return c.synchronized() ? distance(c.irs, c.rcv_nxt) - 1 - (c.fin_received ? 1 : 0) : 0;
}

/// Without the SYN, and the FIN if it has been acknowledged; one that has not is no byte in flight.
std::uint32_t bytes_out(connection const& c, std::uint32_t in_flight) {
    bool const fin_acknowledged = c.state == state::fin_wait_2;
    return c.synchronized()
               ? distance(c.iss, c.snd_una) - 1 - (fin_acknowledged ? 1 : 0) + in_flight
               : 0;
}

}  // namespace

std::optional<connection_detail> engine::detail(connection_id id, instant now) const {
    auto const about = report(id, now);
    if (!about) return std::nullopt;
    engine_state const& s = *state_;
    connection const& c = s.connections[id.index];
    connection_detail d;
    d.report = *about;
    d.iss = c.iss.value();
    d.snd_una = c.snd_una.value();
    d.snd_nxt = c.snd_nxt.value();
    d.snd_wl1 = c.snd_wl1.value();
    d.snd_wl2 = c.snd_wl2.value();
    d.max_snd_wnd = c.max_snd_wnd;
    d.irs = c.irs.value();
    d.rcv_nxt = c.rcv_nxt.value();
    flight const* const f = flight_of(s, c);
    d.rtt_seq = (f == nullptr ? c.snd_nxt : f->rtt_seq).value();
    d.bytes_in = bytes_in(c);
    d.bytes_out = bytes_out(c, about->unacked);
    d.sack = c.sack;
    d.timestamps = c.timestamps;
    d.ecn = c.ecn;
    d.nagle = c.nagle;
    d.cork = c.corked;
    d.delays_acks = c.delays_acks;
    d.keepalive = options(id).keepalive;
    return d;
}

occupancy engine::occupied() const {
    engine_state const& s = *state_;
    return {s.connections.size(),
            s.half_opens.size(),
            s.time_waits.size(),
            s.listeners.size(),
            s.timers.size() + s.half_open_timers.size(),
            s.chunks.used(),
            s.holes.size(),
            s.kept.size()};
}

namespace {

std::optional<std::string_view> broken_rule(engine_state const& s, std::uint32_t index,
                                            connection const& c) {
    if (c.detached()) {
        if (!c.owned) return "a dead connection without a user is kept";
        if (!c.send.empty()) return "a dead connection keeps data to send";
        return std::nullopt;
    }
    if (after(c.snd_una, c.snd_nxt)) return "snd_una is past snd_nxt";
    if (after(c.snd_nxt, c.snd_max)) return "snd_nxt is past snd_max";
    if (after(c.rcv_nxt, c.rcv_adv)) return "rcv_nxt is past the window offered";
    if (c.synchronized() && c.mss > c.mss_limit) return "segments are larger than the peer takes";
    bool const opening = c.state == state::syn_sent || c.state == state::syn_received;
    bool const fin_out = c.fin_pending() && c.outstanding() == c.send.size() + 1;
    if (!opening && c.outstanding() > c.send.size() && !fin_out)
        return "more is in flight than the send queue holds";
    flight const* const f = flight_of(s, c);
    if (f != nullptr)
        if (char const* const rule = f->board.broken_rule(s.sent, c.snd_una, c.snd_nxt))
            return rule;
    if (f == nullptr && c.synchronized() && c.snd_una != c.snd_nxt)
        return "data in flight without records";
    if (c.ready) return std::nullopt;
    deadlines const& due = deadlines_of(s, c);
    if (c.outstanding() > 0 && due.retransmission == never) return "data in flight without a timer";
    if (c.synchronized() && (!c.send.empty() || c.fin_pending()) && due.retransmission == never)
        return "data to send without a timer";
    if (due.earliest() != never &&
        (!s.timers.contains(index) || s.timers.deadline(index) > due.earliest()))
        return "a deadline that no timer watches";
    return std::nullopt;
}

/// How many records beside itself a connection has.
std::size_t records_of(connection const& c) {
    return static_cast<std::size_t>(
        std::ranges::count_if(std::array{c.holes, c.flight, c.deadlines, c.handshake, c.kept},
                              [](std::uint32_t at) { return at != slab<connection>::none; }));
}

std::size_t count_ring(engine_state const& s, std::uint32_t first) {
    std::size_t count = 1;
    for (auto at = s.listeners[first].sharers.next; at != first && count <= s.listeners.size();
         at = s.listeners[at].sharers.next)
        ++count;
    return count;
}

/// Each listener is linked with those on its endpoint, and the table leads to all of them.
bool has_lost_listener(engine_state const& s) {
    std::size_t reached = 0;
    bool linked = true;
    s.listeners.each([&](std::uint32_t index, listener const& l) {
        auto const first = find_exact_listener(s, l.name.local);
        linked = linked && first && s.listeners[l.sharers.next].sharers.previous == index &&
                 s.listeners[l.sharers.next].name.local == l.name.local;
        if (first == index) reached += count_ring(s, index);
    });
    return !linked || reached != s.listeners.size();
}

}  // namespace

std::optional<std::string_view> engine::broken_invariant() const {
    engine_state const& s = *state_;
    std::optional<std::string_view> broken;
    std::size_t live = s.half_opens.size() + s.time_waits.size();
    std::size_t records = 0;
    s.connections.each([&](std::uint32_t index, connection const& c) {
        if (!c.detached()) ++live;
        records += records_of(c);
        if (!broken) broken = broken_rule(s, index, c);
    });
    if (live != s.tuples.size()) return "the table of 4-tuples and the objects disagree";
    if (records != s.holes.size() + s.flights.size() + s.deadlines.size() + s.handshakes.size() +
                       s.kept.size())
        return "a record that no connection has";
    if (s.half_opens.size() != s.half_open_timers.size())
        return "a half-open connection without a timer";
    if (s.resting.size() != s.time_waits.size()) return "a TIME-WAIT entry that nobody ends";
    if (has_lost_listener(s)) return "a listener that no connection finds";
    return broken;
}

}  // namespace stack::tcp
