// Sockets bound to any address and port 0 where EXPLICITBINDPORTRANGE says from which ports.
#include "stack/socket/sockets.hpp"

#include <algorithm>
#include <utility>

namespace stack::socket {

void sockets::bind_from_pool(socket_id id, bound_name const& name) {
    auto& s = *find(id);
    s.at = socket_state::phase::binding;
    s.name = name;  // the port follows
    auto const ticket = ask(id, port_request::kind::bind_pool, {explicit_bind_pool, 0});
    auto const reply = around_.shared_ports.allocate(
        explicit_bind_pool, {}, around_.local_ports.pool().excluded(), any_stride, ticket);
    if (reply.answer != port_answer::pending) port_resolved(ticket, reply, {});
}

/// What another shard has got from the pool for the same socket is to be held as long as this one
/// uses it.
void sockets::bind_also_from_pool(socket_id id) {
    auto& s = *find(id);
    s.at = socket_state::phase::binding;
    endpoint const chosen{explicit_bind_pool, s.name.local.port};
    auto const ticket = ask(id, port_request::kind::bind_pool, chosen);
    auto const reply = around_.shared_ports.claim(chosen.host, chosen.port, ticket);
    if (reply.answer != port_answer::pending) port_resolved(ticket, reply, {});
}

void sockets::bind_granted_from_pool(socket_id id, port_reply const& reply) {
    auto& s = *find(id);
    auto& pool = around_.local_ports.pool();
    if (reply.answer != port_answer::granted) {
        if (!s.bound()) s.name = {};
        if (reply.answer == port_answer::exhausted) warn_of_exhausted_pool();
        return finish_bind(id, to_error(reply.answer));
    }
    pool.mark_held(reply.port);
    if (s.bound()) return finish_bind(id, {});
    auto name = s.name;
    name.local.port = reply.port;
    auto const parts = name.by_family();
    // The user of another socket may have named the port meanwhile: it stays with that one.
    if (std::any_of(parts.begin(), parts.end(),
                    [&](endpoint const& part) { return around_.local_ports.is_taken(part); }))
        return bind_from_pool(id, std::exchange(s.name, {}));
    s.name = name;
    add_use(port_user::bound, name);
    finish_bind(id, {});
}

void sockets::warn_of_exhausted_pool() {
    around_.counts.add(ip::counter::pool_exhausted);
    around_.world.warn(warning::explicit_bind_exhausted, explicit_bind_pool);
}

// Connections from other addresses go on; a port alone may be another stack's by now.
void sockets::fence_pool() {
    auto& pool = around_.local_ports.pool();
    std::vector<socket_id> bound;
    sockets_.each([&](std::uint32_t index, socket_state const& s) {
        bool const of_pool = s.bound() && s.name.is_any() && pool.is_held(s.name.local.port);
        if (s.at == socket_state::phase::fresh && of_pool)
            bound.push_back({index, sockets_.generation(index)});
    });
    pool.disown();
    for (auto const id : bound) {
        find(id)->at = socket_state::phase::dead;
        tell(event::kind::failed, id,
             boost::system::errc::make_error_code(boost::system::errc::network_down));
    }
}

}  // namespace stack::socket
