// The engine as servers see it: listeners and their backlogs.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/demux.hpp"
#include "stack/tcp/engine.hpp"
#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/open/open.hpp"
#include "stack/tcp/output/emit.hpp"
#include "stack/tcp/output/output.hpp"

#include <algorithm>

namespace stack::tcp {

namespace errc = boost::system::errc;

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

}  // namespace

boost::system::result<listener_id> engine::listen(bound_name const& name, std::uint16_t backlog,
                                                  std::uint32_t tag,
                                                  connection_options const& options) {
    engine_state& s = *state_;
    if (find_exact_listener(s, name.local)) return errc::make_error_code(errc::address_in_use);
    std::uint32_t const index = s.listeners.emplace();
    listener& l = s.listeners[index];
    l.name = name;
    l.backlog =
        std::clamp<std::uint16_t>(backlog, 1, std::max<std::uint16_t>(1, s.settings.somaxconn));
    l.options = options;
    l.tag = tag;
    l.number = next_number(s);
    enter_listener(s, index);
    return listener_id{index, s.listeners.generation(index)};
}

void engine::close(listener_id id, instant) {
    engine_state& s = *state_;
    listener* l = s.listeners.find(id.index, id.generation);
    if (l == nullptr) return;
    while (!l->opening.empty())
        reset_half_open(s, l->opening.front());
    while (!l->waiting.empty())
        reset_and_fail(s, s.handshakes[l->waiting.front()].connection, {});
    remove_listener(s, id.index);
    s.listeners.erase(id.index);
}

std::optional<connection_id> engine::accept(listener_id id) {
    engine_state& s = *state_;
    listener* l = s.listeners.find(id.index, id.generation);
    if (l == nullptr || l->waiting.empty()) return std::nullopt;
    std::uint32_t const index = s.handshakes[l->waiting.pop_front(s.handshakes)].connection;
    end_handshake(s, s.connections[index]);
    ++l->served.accepted;
    // What has come meanwhile is told at the end of the burst.
    want_output(s, index);
    return connection_id{index, s.connections.generation(index)};
}

bool engine::knows(four_tuple const& tuple) const {
    return find(*state_, tuple).has_value();
}

bool engine::listens(endpoint const& local) const {
    return find_listener(*state_, local).has_value();
}

std::uint8_t engine::backlog_room(endpoint const& local) const {
    auto const found = find_listener(*state_, local);
    if (!found) return 100;
    listener const& l = state_->listeners[*found];
    std::size_t const free = l.backlog - std::min<std::size_t>(l.backlog, l.waiting.size());
    return static_cast<std::uint8_t>((free * 100 + l.backlog - 1) / l.backlog);
}

service_counts engine::served(endpoint const& local) const {
    auto const found = find_listener(*state_, local);
    return found ? state_->listeners[*found].counts() : service_counts{};
}

}  // namespace stack::tcp
