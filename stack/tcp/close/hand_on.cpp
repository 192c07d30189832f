#include "stack/tcp/close/hand_on.hpp"

#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/open/choose_listener.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"

namespace stack::tcp {

namespace {

void reset_half_open(engine_state& s, std::uint32_t index) {
    half_open const& h = s.half_opens[index];
    wire::tcp_header header;
    header.sequence = h.snd_nxt().value();
    header.acknowledgment = h.rcv_nxt().value();
    header.flags = wire::tcp_flag::rst | wire::tcp_flag::ack;
    s.count(counter::resets_out);
    emit(s, h.tuple, header);
    end_half_open(s, index);
}

void hand_on_half_open(engine_state& s, listener& from, std::uint32_t index) {
    half_open& h = s.half_opens[index];
    auto const heir = choose_listener(s, h.tuple.local);
    if (!heir) return reset_half_open(s, index);
    listener& to = s.listeners[*heir];
    if (to.opening.size() >= to.backlog) return reset_half_open(s, index);
    from.opening.erase(s.half_opens, index);
    to.opening.push_back(s.half_opens, index);
    h.listener = *heir;
    h.tag = to.tag;
}

void hand_on_waiting(engine_state& s, listener& from, std::uint32_t index) {
    handshake& waits = s.handshakes[index];
    connection& c = s.connections[waits.connection];
    auto const heir = choose_listener(s, c.tuple.local);
    if (!heir || s.listeners[*heir].is_full()) return reset_and_fail(s, waits.connection, {});
    listener& to = s.listeners[*heir];
    from.waiting.erase(s.handshakes, index);
    to.waiting.push_back(s.handshakes, index);
    waits.listener = *heir;
    c.tag = to.tag;
    s.observer.acceptable({*heir, s.listeners.generation(*heir)}, to.tag);
}

}  // namespace

void hand_on_backlog(engine_state& s, listener& from) {
    while (!from.waiting.empty())
        hand_on_waiting(s, from, from.waiting.front());
    while (!from.opening.empty())
        hand_on_half_open(s, from, from.opening.front());
}

}  // namespace stack::tcp
