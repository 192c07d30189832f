#include "stack/tcp/close/ending.hpp"

#include "stack/tcp/demux.hpp"
#include "stack/tcp/open/open.hpp"
#include "stack/tcp/option/option.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/recovery/recovery.hpp"
#include "stack/tcp/timers.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

void forget_timers(engine_state& s, std::uint32_t index) {
    forget_deadlines(s, s.connections[index]);
    s.timers.cancel(index);
}

void leave_backlog(engine_state& s, std::uint32_t index) {
    connection& c = s.connections[index];
    if (!c.waits()) return;
    s.listeners[s.handshakes[c.handshake].listener].waiting.erase(s.handshakes, c.handshake);
    end_handshake(s, c);
    c.owned = false;
}

// Memory that no reader can want; received data in order stays.
void drop_buffers(engine_state& s, connection& c) {
    c.send.clear(s.chunks);
    end_flight(s, c);
    if (c.holes != slab<reorder_block>::none) s.holes.erase(c.holes);
    c.holes = slab<reorder_block>::none;
    if (c.receive.empty()) c.receive.clear(s.chunks);
}

// Out of life; `how` is closed or time_wait. Free at once unless a user holds it.
void retire(engine_state& s, std::uint32_t index, state how) {
    connection& c = s.connections[index];
    forget_timers(s, index);
    end_handshake(s, c);
    drop_buffers(s, c);
    c.state = how;
    if (!c.owned) return release(s, index);
    want_output(s, index);
}

}  // namespace

void release(engine_state& s, std::uint32_t index) {
    connection& c = s.connections[index];
    forget_timers(s, index);
    drop_buffers(s, c);
    c.receive.clear(s.chunks);
    forget_options(s, c);
    s.connections.erase(index);
}

void detach(engine_state& s, std::uint32_t index) {
    connection const& c = s.connections[index];
    remove(s, c.tuple);
    s.observer.ended(c.tuple, c.passive, c.tag);
}

void fail(engine_state& s, std::uint32_t index, boost::system::error_code error) {
    leave_backlog(s, index);
    detach(s, index);
    connection const& c = s.connections[index];
    bool const owned = c.owned;
    connection_id const id{index, s.connections.generation(index)};
    std::uint32_t const tag = c.tag;
    retire(s, index, state::closed);
    if (owned) s.observer.failed(id, tag, error);
}

void reset_and_fail(engine_state& s, std::uint32_t index, boost::system::error_code error) {
    send_reset(s, s.connections[index]);
    fail(s, index, error);
}

void give_up(engine_state& s, std::uint32_t index) {
    namespace errc = boost::system::errc;
    s.count(counter::timed_out);
    bool const soft = s.connections[index].soft_error;
    fail(s, index, errc::make_error_code(soft ? errc::host_unreachable : errc::timed_out));
}

void drop_silently(engine_state& s, std::uint32_t index) {
    s.connections[index].owned = false;
    detach(s, index);
    retire(s, index, state::closed);
}

void end_in_order(engine_state& s, std::uint32_t index) {
    s.connections[index].orderly = true;
    detach(s, index);
    retire(s, index, state::closed);
}

void enter_time_wait(engine_state& s, std::uint32_t index, instant now) {
    connection& c = s.connections[index];
    // The FIN that brought us here is acknowledged before the connection goes.
    if (c.ack_now) send_ack(s, c, now);
    if (s.time_waits.size() >= std::max(s.settings.time_waits, 1U)) {
        s.count(counter::time_wait_evicted);
        end_time_wait(s, s.resting.front());
    }
    std::uint32_t const rest = s.time_waits.emplace();
    time_wait& t = s.time_waits[rest];
    t.tuple = c.tuple;
    t.window = static_cast<std::uint16_t>(c.rcv_wnd() >> c.rcv_wscale);
    t.passive = c.passive;
    t.snd_nxt = c.snd_max;
    t.rcv_nxt = c.rcv_nxt;
    t.timestamps = c.timestamps;
    t.ts_recent = c.ts_recent;
    t.tag = c.tag;
    t.number = c.number;
    t.since = now;
    s.resting.push_back(s.time_waits, rest);
    hand_over(s, c.tuple, {entity::time_wait, rest});
    retire(s, index, state::time_wait);
}

void end_half_open(engine_state& s, std::uint32_t index) {
    half_open const h = s.half_opens[index];
    remove(s, h.tuple);
    s.listeners[h.listener].opening.erase(s.half_opens, index);
    s.half_open_timers.cancel(index);
    s.half_opens.erase(index);
    s.observer.ended(h.tuple, true, h.tag);
}

void end_time_wait(engine_state& s, std::uint32_t index) {
    time_wait const t = s.time_waits[index];
    remove(s, t.tuple);
    s.resting.erase(s.time_waits, index);
    s.time_waits.erase(index);
    s.observer.ended(t.tuple, t.passive, t.tag);
}

void restart_time_wait(engine_state& s, std::uint32_t index, instant now) {
    s.time_waits[index].since = now;
    s.resting.erase(s.time_waits, index);
    s.resting.push_back(s.time_waits, index);
}

void limit_orphan(engine_state& s, connection& c, instant now) {
    if (c.owned || !c.synchronized()) return;
    set_deadline(s, c, &deadlines::idle, never);
    if (c.state == state::fin_wait_2)
        set_deadline(s, c, &deadlines::idle, now + s.settings.fin_wait_2);
    else if (auto const linger = options_of(s, c).linger)
        set_deadline(s, c, &deadlines::idle, now + *linger);
}

}  // namespace stack::tcp
