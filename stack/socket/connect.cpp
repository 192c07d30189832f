// Sockets open connections: source address, source port, SYN.
#include "stack/ip/source_selection.hpp"
#include "stack/socket/sockets.hpp"

namespace stack::socket {

namespace errc = boost::system::errc;

void sockets::connect(socket_id id, endpoint const& remote, instant now) {
    auto* const s = find(id);
    if (s == nullptr) return;
    auto const refuse = [&](errc::errc_t what) {
        tell(event::kind::connected, id, errc::make_error_code(what));
    };
    if (s->at == socket_state::phase::opening || s->at == socket_state::phase::connecting)
        return refuse(errc::connection_already_in_progress);
    if (s->at == socket_state::phase::connected) return refuse(errc::already_connected);
    if (s->at != socket_state::phase::fresh || remote.port == 0 || remote.host.is_unspecified())
        return refuse(errc::invalid_argument);

    auto const source = choose_source(*s, remote, now);
    if (!source) return tell(event::kind::connected, id, source.error());
    s->remote = remote;
    connect_from(id, *source, now);
}

std::size_t sockets::place_of(socket_id id, endpoint const& remote) const {
    auto const* const s = find(id);
    if (s == nullptr || !s->bound()) return around_.where.index;
    address host = s->name.local.host;
    if (host.is_unspecified()) {
        ip::tcp_client const client{s->job, false};
        auto const choice = ip::select_source(around_.topology, remote.host, &client);
        if (!choice) return around_.where.index;  // connect() says why not
        host = choice->host;
    }
    return owner_of({{host, s->name.local.port}, remote}, around_.where);
}

/// Before any port is asked for: a connect that can't work must not take one.
result<address> sockets::choose_source(socket_state const& s, endpoint const& remote, instant now) {
    auto const& topology = around_.topology;
    ip::tcp_client const client{s.job, !s.bound()};
    auto const choice = ip::select_source(topology, remote.host, &client);
    if (!choice) return errc::make_error_code(errc::network_unreachable);
    if (s.bound() && !s.name.is_any()) {
        if (!topology.is_active(s.name.local.host))
            return errc::make_error_code(errc::address_not_available);
        return s.name.local.host;
    }
    if (s.bound() && !s.name.covers(remote.host))
        return errc::make_error_code(errc::address_family_not_supported);
    if (choice->inactive) {
        around_.counts.add(ip::counter::source_inactive);
        constexpr auto interval = std::chrono::minutes(5);
        if (!warned_ || now - *warned_ >= interval) {
            warned_ = now;
            around_.world.warn(warning::source_inactive, *choice->inactive);
        }
    }
    return choice->host;
}

void sockets::connect_from(socket_id id, address const& source, instant now) {
    auto& s = *find(id);
    auto const* const dvipa = around_.topology.dvipa(source);
    bool const shared = dvipa != nullptr && dvipa->shared;
    endpoint const local{source, s.name.local.port};
    if (s.bound()) {
        if (!is_own({local, s.remote}, around_.where))
            return refuse_connect(id, errc::make_error_code(errc::address_not_available));
        // A port bound as a service port of the DVIPA is nobody's source port (sysplex.md 14.11).
        bool const service =
            shared && around_.local_ports.is_served(local) && !around_.local_ports.is_held(local);
        if (service) return refuse_connect(id, errc::make_error_code(errc::address_not_available));
        if (!shared || around_.local_ports.is_held(local)) {
            start(id, local, now);
            return;
        }
        // Bound to any address: the claim is made when the address is known.
        s.at = socket_state::phase::opening;
        auto const ticket = ask(id, port_request::kind::connect, local);
        auto const reply = around_.shared_ports.claim(source, local.port, ticket);
        if (reply.answer != port_answer::pending) port_resolved(ticket, reply, now);
        return;
    }
    if (shared) {
        s.at = socket_state::phase::opening;
        auto const ticket = ask(id, port_request::kind::connect, local);
        auto const reply =
            around_.shared_ports.allocate(source, s.remote, around_.local_ports.excluded(*dvipa),
                                          around_.local_ports.stride(source, s.remote), ticket);
        if (reply.answer != port_answer::pending) port_resolved(ticket, reply, now);
        return;
    }
    auto const port = ephemeral_.pick(source, s.remote);
    if (!port) return refuse_connect(id, errc::make_error_code(errc::address_not_available));
    start(id, {source, *port}, now);
}

void sockets::connect_granted(port_request const& request, port_reply const& reply, instant now) {
    // In use or not, a connect has no port to offer: EADDRNOTAVAIL.
    if (reply.answer != port_answer::granted)
        return refuse_connect(request.socket, errc::make_error_code(errc::address_not_available));
    bool const chosen_here = request.local.port != 0;
    endpoint const local{request.local.host, chosen_here ? request.local.port : reply.port};
    // Whatever was asked for: answers to a port outside the stride would go to another shard.
    if (!is_own({local, request.remote}, around_.where)) {
        give_back(request, reply);
        return refuse_connect(request.socket, errc::make_error_code(errc::address_not_available));
    }
    bool const one_connection = is_one_connection(request);
    if (!one_connection) around_.local_ports.mark_held(local);
    if (!start(request.socket, local, now) && one_connection)
        around_.shared_ports.ended({local, request.remote});
}

bool sockets::start(socket_id id, endpoint const& local, instant now) {
    auto& s = *find(id);
    four_tuple const tuple{local, s.remote};
    // The port is in use by the attempt itself; the connection, once there, has a use of its own.
    around_.local_ports.add(port_user::active, local);
    auto const made = around_.engine.connect(tuple, tag_of(id), s.wanted_options(), now);
    if (made) {
        s.connection = *made;
        s.at = socket_state::phase::connecting;
        if (s.bound() && shared_by_connection(local.host))
            around_.shared_ports.opened(tuple, false);
    } else {
        refuse_connect(id, made.error());
    }
    around_.local_ports.remove(port_user::active, local);
    return made.has_value();
}

void sockets::refuse_connect(socket_id id, error_code error) {
    auto& s = *find(id);
    s.at = socket_state::phase::fresh;
    s.remote = {};
    tell(event::kind::connected, id, error);
}

}  // namespace stack::socket
