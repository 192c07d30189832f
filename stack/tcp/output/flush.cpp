// The end of a burst for one connection.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/option/option.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/timers.hpp"

#include <algorithm>

namespace stack::tcp {

void want_output(engine_state& s, std::uint32_t index) {
    if (!s.connections[index].ready.linked()) s.ready.push_back(s.connections, index);
}

namespace {

// Something is to be sent and nothing is on its way that would bring an acknowledgement: the window
// is in the way.
void arm_persist(connection& c, instant now) {
    if (!c.synchronized() || c.rtx_deadline != never) return;
    if (c.send.empty() && !c.fin_pending()) return;
    c.rtx_for = rtx_kind::persist;
    c.rtx_deadline = now + c.rtt.timeout();
}

void tell_user(engine_state& s, std::uint32_t index) {
    connection& c = s.connections[index];
    if (!c.owned || c.waits()) return;
    // The last word was failed().
    if (c.state == state::closed && !c.orderly) return;
    connection_id const id{index, s.connections.generation(index)};
    std::uint32_t const limit = send_limit(s, c);
    std::uint32_t const room = limit - std::min(limit, c.send.size());
    if (!c.readable_told && (!c.receive.empty() || c.fin_received)) {
        c.readable_told = true;
        s.observer.readable(id, c.tag);
    }
    if (c.writable_wanted && room >= std::max(limit / 4, 1U)) {
        c.writable_wanted = false;
        if (c.accepts_data()) s.observer.writable(id, c.tag);
    }
    if (c.detached() && !c.finished_told && c.receive.empty()) {
        c.finished_told = true;
        s.observer.finished(id, c.tag);
    }
}

}  // namespace

void flush(engine_state& s, std::uint32_t index, instant now) {
    connection& c = s.connections[index];
    if (!c.detached()) {
        if (c.state == state::syn_sent || c.state == state::syn_received) send_syn(s, c, now);
        send_data(s, c, now);
        if (c.state != state::syn_sent) send_acks(s, c, now);
        arm_persist(c, now);
        arm_timer(s, index);
    }
    tell_user(s, index);
}

}  // namespace stack::tcp
