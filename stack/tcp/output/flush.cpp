// The end of a burst for one connection.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/option/option.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/timers.hpp"

#include <algorithm>

namespace stack::tcp {

void want_output(engine_state& s, std::uint32_t index) {
    s.ready.push(s.connections, index);
}

namespace {

// Something is to be sent and nothing is on its way that would bring an acknowledgement: the window
// is in the way.
void arm_persist(engine_state& s, connection& c, instant now) {
    if (!c.synchronized() || deadlines_of(s, c).retransmission != never) return;
    if (c.send.empty() && !c.fin_pending()) return;
    c.rtx_for = rtx_kind::persist;
    set_deadline(s, c, &deadlines::retransmission, now + c.rtt.timeout());
}

// Somebody listens, and the last word was not failed().
bool may_be_told(connection const& c) {
    return c.owned && !c.waits() && (c.state != state::closed || c.orderly);
}

void tell_end(engine_state& s, std::uint32_t index) {
    connection& c = s.connections[index];
    if (!may_be_told(c) || !c.detached() || c.finished_told || !c.receive.empty()) return;
    c.finished_told = true;
    s.observer.finished({index, s.connections.generation(index)}, c.tag);
}

}  // namespace

void tell_readiness(engine_state& s, std::uint32_t index) {
    connection& c = s.connections[index];
    if (!may_be_told(c)) return;
    connection_id const id{index, s.connections.generation(index)};
    std::uint32_t const limit = send_limit(s, c);
    std::uint32_t const room = limit - std::min(limit, c.send.size());
    if (!c.readable_told && (!c.receive.empty() || c.fin_received)) {
        c.readable_told = true;
        s.observer.readable(id, c.tag);
    }
    if (c.writable_wanted && room >= std::clamp(limit / 4, 1U, limits::most_unsent / 2)) {
        c.writable_wanted = false;
        if (c.accepts_data()) s.observer.writable(id, c.tag);
    }
}

void flush(engine_state& s, std::uint32_t index, instant now) {
    connection& c = s.connections[index];
    if (!c.detached()) {
        if (c.state == state::syn_sent || c.state == state::syn_received) send_syn(s, c, now);
        send_data(s, c, now);
        if (c.state != state::syn_sent) send_acks(s, c, now);
        arm_persist(s, c, now);
        arm_timer(s, index);
    }
    tell_readiness(s, index);
    tell_end(s, index);
}

}  // namespace stack::tcp
