// The engine as users see it who have wishes of their own, or want to know how a connection is
// doing.
#include "stack/tcp/engine.hpp"
#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/option/option.hpp"

#include <algorithm>
#include <utility>

namespace stack::tcp {

void engine::set_options(connection_id id, connection_options const& options, instant now) {
    if (state_->connections.find(id.index, id.generation) != nullptr)
        tcp::set_options(*state_, id.index, options, now);
}

void engine::set_options(listener_id id, connection_options const& options) {
    if (listener* l = state_->listeners.find(id.index, id.generation)) l->options = options;
}

connection_options engine::options(connection_id id) const {
    connection const* c = std::as_const(state_->connections).find(id.index, id.generation);
    return c == nullptr ? connection_options{} : options_of(*state_, *c);
}

connection_options engine::options(listener_id id) const {
    listener const* l = std::as_const(state_->listeners).find(id.index, id.generation);
    return l == nullptr ? connection_options{} : l->options;
}

std::optional<connection_report> engine::report(connection_id id, instant now) const {
    engine_state const& s = *state_;
    connection const* c = s.connections.find(id.index, id.generation);
    if (c == nullptr) return std::nullopt;
    connection_report r;
    r.state = c->state;
    r.congestion = options_of(s, *c).congestion;
    r.snd_wscale = c->snd_wscale;
    r.rcv_wscale = c->rcv_wscale;
    r.retransmits = c->attempts;
    if (c->kept != slab<kept_options>::none) r.probes = s.kept[c->kept].probes;
    r.mss = c->mss;
    r.rto = c->rtt.timeout();
    r.smoothed_rtt = c->rtt.smoothed();
    r.since_sent = c->last_sent.age(now);
    r.unread = c->receive.size();
    // SYN and FIN are in flight, but not bytes.
    r.unacked = std::min(c->outstanding(), c->send.size());
    r.unsent = c->send.size() - r.unacked;
    r.cwnd = c->congestion.window();
    r.ssthresh = c->congestion.slow_start_threshold();
    r.snd_wnd = c->snd_wnd;
    r.rcv_wnd = c->rcv_wnd();
    r.send_buffer = send_limit(s, *c);
    r.receive_buffer = c->rcv_buffer;
    return r;
}

}  // namespace stack::tcp
