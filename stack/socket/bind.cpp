// Sockets get names: bind().
#include "stack/core/job_name.hpp"
#include "stack/dvipa/destination_table.hpp"
#include "stack/socket/reservation.hpp"
#include "stack/socket/sockets.hpp"

namespace stack::socket {

namespace errc = boost::system::errc;

namespace {

void apply_server_sources(settings const& all, std::string_view job, bound_name& name) {
    if (!name.is_any()) return;
    for (auto const& rule : all.server_sources) {
        if (rule.source.any() != name.local.host || !is_for_job(rule.job, job)) continue;
        name = endpoint{rule.source, name.local.port};
        return;
    }
}

}  // namespace

void sockets::bind(socket_id id, bound_name const& wanted, port_origin port) {
    auto* const s = find(id);
    if (s == nullptr) return;
    if (s->at != socket_state::phase::fresh || s->bound())
        return tell(event::kind::bound, id, errc::make_error_code(errc::invalid_argument));
    s->assigned = wanted.local.port == 0 || port == port_origin::stack;
    bound_name name = wanted;
    if (auto const error = name_for_bind(*s, name)) return tell(event::kind::bound, id, error);
    if (name.local.port == 0) return bind_any_port(id, name);

    s->name = name;
    add_use(port_user::bound, name);
    auto const* const dvipa = around_.topology.dvipa(name.local.host);
    if (dvipa != nullptr && dvipa->shared) return bind_shared(id, *dvipa, name.local);
    bool const of_pool = port == port_origin::stack && name.is_any();
    if (of_pool && around_.local_ports.pool().gives_out()) return bind_also_from_pool(id);
    finish_bind(id, {});
}

/// The name the socket may have, PORT ... BIND and then SRCIP ... SERVER applied; no facility is
/// asked.
error_code sockets::name_for_bind(socket_state const& s, bound_name& name) const {
    auto const& settings = around_.topology.settings();
    auto const& host = name.local.host;
    if (!name.is_any() && !around_.topology.is_active(host))
        return errc::make_error_code(errc::address_not_available);
    if (!s.assigned && name.local.port != 0)
        if (auto const error = apply_reservations(settings, true, s.job, name)) return error;
    apply_server_sources(settings, s.job, name);
    if (!name.is_any() && !around_.topology.is_active(host))
        return errc::make_error_code(errc::address_not_available);
    if (name.local.port == 0) return {};
    bool const shared = is_shared_port(settings.ports, name.local.port);
    for (auto const& part : name.by_family())
        if (around_.local_ports.is_taken(part, shared))
            return errc::make_error_code(errc::address_in_use);
    return {};
}

void sockets::bind_shared(socket_id id, dvipa_settings const& dvipa, endpoint const& local) {
    // What this stack holds already is for local rules to decide, and they have.
    if (around_.local_ports.is_held(local) || around_.local_ports.is_served(local))
        return finish_bind(id, {});
    bool const service = dvipa.serves(local.port);
    auto const ticket =
        ask(id, service ? port_request::kind::bind_serve : port_request::kind::bind_claim, local);
    auto const reply = service ? around_.shared_ports.serve(local.host, local.port, ticket)
                               : around_.shared_ports.claim(local.host, local.port, ticket);
    find(id)->at = socket_state::phase::binding;
    if (reply.answer != port_answer::pending) port_resolved(ticket, reply, {});
}

void sockets::bind_claimed(socket_id id, endpoint const& local, port_reply const& reply) {
    if (reply.answer == port_answer::granted) {
        around_.local_ports.mark_held(local);
        return finish_bind(id, {});
    }
    if (reply.answer != port_answer::in_use) return finish_bind(id, to_error(reply.answer));
    // A service port of other stacks may be bound here, too, to serve it: else no service could be
    // distributed.
    auto const ticket = ask(id, port_request::kind::bind_serve, local);
    auto const second = around_.shared_ports.serve(local.host, local.port, ticket);
    if (second.answer != port_answer::pending) port_resolved(ticket, second, {});
}

void sockets::bind_served(socket_id id, endpoint const& local, port_reply const& reply) {
    if (reply.answer != port_answer::granted) return finish_bind(id, to_error(reply.answer));
    around_.local_ports.mark_served(local);
    finish_bind(id, {});
}

void sockets::bind_any_port(socket_id id, bound_name name) {
    auto const& host = name.local.host;
    auto const* const dvipa = around_.topology.dvipa(host);
    if (dvipa != nullptr && dvipa->shared) {
        find(id)->at = socket_state::phase::binding;
        auto const ticket = ask(id, port_request::kind::bind_allocate, {host, 0});
        auto const reply = around_.shared_ports.allocate(
            host, {}, around_.local_ports.excluded(*dvipa), any_stride, ticket);
        if (reply.answer != port_answer::pending) port_resolved(ticket, reply, {});
        return;
    }
    if (name.is_any() && around_.local_ports.pool().gives_out()) return bind_from_pool(id, name);
    auto const port = ephemeral_.pick(host, {});
    if (!port) return finish_bind(id, errc::make_error_code(errc::address_not_available));
    name.local.port = *port;
    find(id)->name = name;
    add_use(port_user::bound, name);
    finish_bind(id, {});
}

void sockets::bind_allocated(socket_id id, address const& host, port_reply const& reply) {
    if (reply.answer != port_answer::granted) return finish_bind(id, to_error(reply.answer));
    endpoint const local{host, reply.port};
    find(id)->name = local;
    around_.local_ports.add(port_user::bound, local);
    around_.local_ports.mark_held(local);
    finish_bind(id, {});
}

void sockets::finish_bind(socket_id id, error_code error) {
    auto& s = *find(id);
    s.at = socket_state::phase::fresh;
    if (error && s.bound()) {
        remove_use(port_user::bound, s.name);
        s.name = {};
    }
    tell(event::kind::bound, id, error);
}

void sockets::add_use(port_user user, bound_name const& name) {
    for (auto const& part : name.by_family())
        around_.local_ports.add(user, part);
}

void sockets::remove_use(port_user user, bound_name const& name) {
    for (auto const& part : name.by_family())
        around_.local_ports.remove(user, part);
}

}  // namespace stack::socket
