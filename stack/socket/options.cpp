// Options of sockets: kept here until there is a connection or listener that has them.
#include "stack/socket/sockets.hpp"

namespace stack::socket {

void sockets::set_options(socket_id id, tcp::connection_options const& options, instant now) {
    auto* const s = find(id);
    if (s == nullptr) return;
    if (s->connection.valid()) return around_.engine.set_options(s->connection, options, now);
    if (s->listener.valid()) return around_.engine.set_options(s->listener, options);
    s->options = std::make_unique<tcp::connection_options>(options);
}

tcp::connection_options sockets::options(socket_id id) const {
    auto const* const s = find(id);
    if (s == nullptr) return {};
    if (s->connection.valid()) return around_.engine.options(s->connection);
    if (s->listener.valid()) return around_.engine.options(s->listener);
    return s->wanted_options();
}

std::optional<tcp::connection_report> sockets::report(socket_id id, instant now) const {
    auto const* const s = find(id);
    if (s == nullptr) return std::nullopt;
    return around_.engine.report(s->connection, now);
}

}  // namespace stack::socket
