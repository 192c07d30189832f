// The engine as servers see it: listeners and their backlogs.
#include "stack/tcp/close/hand_on.hpp"
#include "stack/tcp/demux.hpp"
#include "stack/tcp/engine.hpp"
#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/open/open.hpp"
#include "stack/tcp/output/output.hpp"

#include <algorithm>

namespace stack::tcp {

namespace errc = boost::system::errc;

boost::system::result<listener_id> engine::listen(bound_name const& name, std::uint16_t backlog,
                                                  std::uint32_t tag,
                                                  connection_options const& options,
                                                  endpoint_use use) {
    engine_state& s = *state_;
    if (use == endpoint_use::alone && find_exact_listener(s, name.local))
        return errc::make_error_code(errc::address_in_use);
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
    // What is counted of an endpoint must not become less while others are on it.
    if (l->sharers.next != id.index) s.listeners[l->sharers.next].served += l->served;
    remove_listener(s, id.index);
    hand_on_backlog(s, *l);
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
    std::size_t free = 0;
    std::size_t all = 0;
    each_sharer(*state_, local, [&](listener const& l) {
        all += l.backlog;
        free += l.backlog - std::min<std::size_t>(l.backlog, l.waiting.size());
    });
    if (all == 0) return 100;
    return static_cast<std::uint8_t>((free * 100 + all - 1) / all);
}

service_counts engine::served(endpoint const& local) const {
    service_counts sum;
    each_sharer(*state_, local, [&](listener const& l) { sum += l.counts(); });
    return sum;
}

}  // namespace stack::tcp
