// Sockets take connections: listen(), and what it means for shared addresses.
#include "stack/socket/reservation.hpp"
#include "stack/socket/sockets.hpp"

namespace stack::socket {

namespace errc = boost::system::errc;

void sockets::listen(socket_id id, std::uint16_t backlog) {
    auto* const s = find(id);
    if (s == nullptr) return;
    if (s->at != socket_state::phase::fresh || !s->bound())
        return tell(event::kind::listening, id, errc::make_error_code(errc::invalid_argument));
    if (!s->assigned && !may_listen(around_.topology.settings(), s->name.local.port, s->job))
        return tell(event::kind::listening, id, errc::make_error_code(errc::permission_denied));
    s->backlog = backlog;
    s->refusal = {};
    s->at = socket_state::phase::serving;
    // One question more than asked: the last answer is this function's end.
    s->questions = 1;
    for (auto const& dvipa : around_.topology.settings().dvipas) {
        if (dvipa.shared && s->name.covers(dvipa.host)) serve(id, {dvipa.host, s->name.local.port});
    }
    if (--find(id)->questions == 0) finish_listen(id);
}

void sockets::serve(socket_id id, endpoint const& service) {
    if (around_.local_ports.is_served(service)) return;
    ++find(id)->questions;
    auto const ticket = ask(id, port_request::kind::listen, service);
    auto const reply = around_.shared_ports.serve(service.host, service.port, ticket);
    if (reply.answer != port_answer::pending) port_resolved(ticket, reply, {});
}

void sockets::listen_served(socket_id id, endpoint const& service, port_reply const& reply) {
    auto& s = *find(id);
    if (reply.answer == port_answer::granted)
        around_.local_ports.mark_served(service);
    else if (!s.refusal)
        s.refusal = to_error(reply.answer);
    if (--s.questions == 0) finish_listen(id);
}

void sockets::finish_listen(socket_id id) {
    auto& s = *find(id);
    error_code error = s.refusal;
    if (!error) {
        bool const shared = is_shared_port(around_.topology.settings().ports, s.name.local.port);
        auto const made =
            around_.engine.listen(s.name, s.backlog, tag_of(id), s.wanted_options(),
                                  shared ? tcp::endpoint_use::shared : tcp::endpoint_use::alone);
        if (made)
            s.listener = *made;
        else
            error = made.error();
    }
    if (!error) {
        for (auto const& part : s.name.by_family()) {
            bool const first = around_.local_ports.listeners(part) == 0;
            around_.local_ports.add(port_user::listener, part);
            around_.local_ports.remove(port_user::bound, part);
            if (first) around_.router.listening(part, true);
        }
        s.at = socket_state::phase::listening;
        return tell(event::kind::listening, id);
    }
    s.at = socket_state::phase::fresh;
    for (auto const& dvipa : around_.topology.settings().dvipas)
        around_.local_ports.settle({dvipa.host, s.name.local.port});
    tell(event::kind::listening, id, error);
}

void sockets::stop_listening(socket_state const& s, instant now) {
    around_.engine.close(s.listener, now);
    for (auto const& part : s.name.by_family()) {
        around_.local_ports.remove(port_user::listener, part);
        if (around_.local_ports.listeners(part) == 0) around_.router.listening(part, false);
    }
}

/// A DVIPA that comes to this stack shared is served by the listeners on any address from here on.
/// One that was here already and becomes shared is adopted.
void sockets::serve_new_dvipas(ip::topology const& before) {
    for (auto const& dvipa : around_.topology.settings().dvipas) {
        if (!dvipa.shared || before.dvipa(dvipa.host) != nullptr) continue;
        std::vector<endpoint> services;
        around_.local_ports.each_listener([&](endpoint const& where) {
            endpoint const service{dvipa.host, where.port};
            if (where.host == dvipa.host.any() && around_.engine.listens(service))
                services.push_back(service);
        });
        for (auto const& service : services) {
            auto const ticket = ask({}, port_request::kind::follow_up, service);
            auto const reply = around_.shared_ports.serve(service.host, service.port, ticket);
            if (reply.answer != port_answer::pending) port_resolved(ticket, reply, {});
        }
    }
}

}  // namespace stack::socket
