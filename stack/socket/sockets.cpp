#include "stack/socket/sockets.hpp"

#include <algorithm>
#include <utility>

namespace stack::socket {
namespace {

/// Of connections no socket has any more.
constexpr std::uint32_t no_tag = 0xffffffff;

}  // namespace

sockets::sockets(surroundings const& around, siphash_key const& key)
    : around_(around), ephemeral_(around.local_ports, around.topology, key) {}

socket_id sockets::open(std::string_view job, std::uint64_t cookie) {
    auto const index = sockets_.emplace();
    auto& made = sockets_[index];
    made.job = job;
    made.cookie = cookie;
    return {index, sockets_.generation(index)};
}

std::optional<socket_id> sockets::accept(socket_id listener, std::uint64_t cookie) {
    auto const* const s = find(listener);
    if (s == nullptr || s->at != socket_state::phase::listening) return std::nullopt;
    auto const taken = around_.engine.accept(s->listener);
    if (!taken) return std::nullopt;
    auto const id = open(std::string(s->job), cookie);
    auto& made = *find(id);
    made.at = socket_state::phase::connected;
    made.connection = *taken;
    made.accepted_by_any = s->name.local.host == address();
    around_.engine.retag(*taken, tag_of(id));
    // What arrived before was told to nobody.
    if (!around_.engine.readable(*taken).empty() || around_.engine.at_end(*taken))
        tell(event::kind::readable, id);
    return id;
}

void sockets::close(socket_id id, instant now) {
    release(id, now, false);
}
void sockets::abort(socket_id id, instant now) {
    release(id, now, true);
}

void sockets::release(socket_id id, instant now, bool reset) {
    auto* const s = find(id);
    if (s == nullptr) return;
    if (s->connection.valid()) {
        around_.engine.retag(s->connection, no_tag);
        if (reset)
            around_.engine.abort(s->connection, now);
        else
            around_.engine.close(s->connection, now);
    }
    if (s->at == socket_state::phase::listening)
        stop_listening(*s, now);
    else if (s->bound())
        remove_use(port_user::bound, s->name);
    sockets_.erase(id.index);
}

tcp::connection_id sockets::connection(socket_id id) const {
    auto const* const s = find(id);
    return s == nullptr ? tcp::connection_id{} : s->connection;
}

std::optional<four_tuple> sockets::tuple(socket_id id) const {
    auto const* const s = find(id);
    if (s == nullptr) return std::nullopt;
    if (auto const connected = around_.engine.tuple(s->connection)) return connected;
    if (!s->bound()) return std::nullopt;
    return four_tuple{s->name.local, s->remote};
}

port_ticket sockets::ask(socket_id id, port_request::kind what, endpoint const& local) {
    auto const remote = what == port_request::kind::connect ? find(id)->remote : endpoint{};
    requests_.emplace(++last_ticket_, port_request{what, id, local, remote});
    return last_ticket_;
}

void sockets::port_resolved(port_ticket ticket, port_reply const& reply, instant now) {
    auto const at = requests_.find(ticket);
    if (at == requests_.end() || reply.answer == port_answer::pending) return;
    auto const request = at->second;
    requests_.erase(at);
    answered(request, reply, now);
}

void sockets::answered(port_request const& request, port_reply const& reply, instant now) {
    around_.counts.add(reply.answer == port_answer::granted ? ip::counter::ports_granted
                                                            : ip::counter::ports_refused);
    if (request.what == port_request::kind::follow_up) {
        if (reply.answer == port_answer::granted)
            give_back(request, reply);  // stays if the listener is still there
        else
            around_.counts.add(ip::counter::services_refused);
        return;
    }
    if (find(request.socket) == nullptr) return give_back(request, reply);
    switch (request.what) {
        case port_request::kind::bind_allocate:
            return bind_allocated(request.socket, request.local.host, reply);
        case port_request::kind::bind_claim:
            return bind_claimed(request.socket, request.local, reply);
        case port_request::kind::bind_serve:
            return bind_served(request.socket, request.local, reply);
        case port_request::kind::bind_pool:
            return bind_granted_from_pool(request.socket, reply);
        case port_request::kind::connect:
            return connect_granted(request, reply, now);
        case port_request::kind::listen:
            return listen_served(request.socket, request.local, reply);
        case port_request::kind::follow_up:
            return;
    }
}

/// Whether a grant is for the 4-tuple, and not for the port.
bool sockets::is_one_connection(port_request const& request) const {
    return request.what == port_request::kind::connect && request.local.port == 0 &&
           shared_by_connection(request.local.host);
}

bool sockets::shared_by_connection(address const& host) const {
    return std::find(by_connection_.begin(), by_connection_.end(), host) != by_connection_.end();
}

/// One that is gone stays: its connections end later.
void sockets::note_shared_by_connection() {
    for (auto const& dvipa : around_.topology.settings().dvipas) {
        bool const is_noted = shared_by_connection(dvipa.host);
        if (dvipa.shared_by_connection && !is_noted) by_connection_.push_back(dvipa.host);
        if (!dvipa.shared_by_connection && is_noted) std::erase(by_connection_, dvipa.host);
    }
}

void sockets::give_back(port_request const& request, port_reply const& reply) {
    if (reply.answer != port_answer::granted) return;
    endpoint local = request.local;
    if (local.port == 0) local.port = reply.port;
    if (local.host == explicit_bind_pool) {
        around_.local_ports.pool().mark_held(local.port);
        return around_.local_ports.pool().settle(local.port);
    }
    if (is_one_connection(request)) return around_.shared_ports.ended({local, request.remote});
    bool const service = request.what == port_request::kind::bind_serve ||
                         request.what == port_request::kind::listen ||
                         request.what == port_request::kind::follow_up;
    // Marked first: another socket may use the port by now, and then it stays.
    if (service)
        around_.local_ports.mark_served(local);
    else
        around_.local_ports.mark_held(local);
    around_.local_ports.settle(local);
}

void sockets::configure(ip::topology const& before, instant now) {
    note_shared_by_connection();
    serve_new_dvipas(before);
    std::vector<socket_id> orphans;
    sockets_.each([&](std::uint32_t index, socket_state const& s) {
        auto const connected = around_.engine.tuple(s.connection);
        if (connected && !around_.topology.is_local(connected->local.host))
            orphans.push_back({index, sockets_.generation(index)});
    });
    for (auto id : orphans) {
        auto& s = *find(id);
        around_.engine.abort(s.connection, now);
        s.connection = {};
        s.at = socket_state::phase::dead;
        tell(event::kind::failed, id,
             boost::system::errc::make_error_code(boost::system::errc::network_down));
    }
}

void sockets::abort_all(instant now) {
    std::vector<socket_id> open;
    sockets_.each([&](std::uint32_t index, socket_state const&) {
        open.push_back({index, sockets_.generation(index)});
    });
    for (auto id : open)
        abort(id, now);
}

// The ports first: what ends then has none to release.
void sockets::fence(address const& dvipa, instant) {
    auto const why = boost::system::errc::make_error_code(boost::system::errc::network_down);
    around_.local_ports.disown(dvipa);
    around_.engine.forget(dvipa, why);
    std::vector<socket_id> bound;
    sockets_.each([&](std::uint32_t index, socket_state const& s) {
        if (s.at == socket_state::phase::fresh && s.bound() && s.name.local.host == dvipa)
            bound.push_back({index, sockets_.generation(index)});
    });
    for (auto id : bound) {
        find(id)->at = socket_state::phase::dead;
        tell(event::kind::failed, id, why);
    }
}

void sockets::settle(instant now) {
    // Closing may make more of both.
    while (!dead_.empty()) {
        auto const id = dead_.back();
        dead_.pop_back();
        around_.engine.close(id, now);
    }
    for (auto id : std::exchange(finished_, {})) {
        if (find(id) == nullptr) continue;
        tell(event::kind::finished, id);
        release(id, now, false);
    }
}

std::string_view sockets::job_of_tag(std::uint32_t tag) const {
    auto const* const s = find(id_of_tag(tag));
    return s == nullptr ? std::string_view() : std::string_view(s->job);
}

bool sockets::maps_v4(std::uint32_t tag) const {
    auto const* const s = find(id_of_tag(tag));
    if (s == nullptr) return false;
    bool const listens_for_any =
        s->at == socket_state::phase::listening && s->name.local.host == address();
    return s->accepted_by_any || listens_for_any;
}

socket_state* sockets::find(socket_id id) {
    return sockets_.find(id.index, id.generation);
}
socket_state const* sockets::find(socket_id id) const {
    return sockets_.find(id.index, id.generation);
}

socket_id sockets::id_of_tag(std::uint32_t tag) const {
    if (tag == no_tag) return {};
    std::uint32_t const index = tag & 0xffffffU;
    socket_id const id{index, sockets_.generation(index)};
    return tag_of(id) == tag ? id : socket_id{};
}

socket_id sockets::id_of(std::uint32_t tag, tcp::connection_id connection) const {
    auto const id = id_of_tag(tag);
    auto const* const s = find(id);
    return s != nullptr && s->connection == connection ? id : socket_id{};
}

void sockets::tell(event::kind what, socket_id id, error_code error) {
    events_.push_back({what, id, find(id)->cookie, error});
}

// ---- what the engine says ----

void sockets::opened(four_tuple const& tuple, bool passive, std::uint32_t) {
    if (passive && shared_by_connection(tuple.local.host)) around_.shared_ports.opened(tuple, true);
    around_.local_ports.add(passive ? port_user::passive : port_user::active, tuple.local);
    around_.router.opened(tuple, passive);
}

void sockets::ended(four_tuple const& tuple, bool passive, std::uint32_t) {
    if (shared_by_connection(tuple.local.host)) around_.shared_ports.ended(tuple);
    around_.local_ports.remove(passive ? port_user::passive : port_user::active, tuple.local);
    around_.router.ended(tuple);
}

// The owner of a DVIPA sends the rest of a handshake to the stack that has told it of the SYN.
bool sockets::may_open_unseen(four_tuple const& tuple) const {
    return around_.topology.dvipa(tuple.local.host) == nullptr;
}

void sockets::connected(tcp::connection_id connection, std::uint32_t tag) {
    auto const id = id_of(tag, connection);
    auto* const s = find(id);
    if (s == nullptr || s->at != socket_state::phase::connecting) return;
    s->at = socket_state::phase::connected;
    tell(event::kind::connected, id);
}

void sockets::acceptable(tcp::listener_id listener, std::uint32_t tag) {
    auto const id = id_of_tag(tag);
    auto const* const s = find(id);
    if (s != nullptr && s->listener == listener) tell(event::kind::acceptable, id);
}

void sockets::readable(tcp::connection_id connection, std::uint32_t tag) {
    auto const id = id_of(tag, connection);
    if (id.valid()) tell(event::kind::readable, id);
}

void sockets::writable(tcp::connection_id connection, std::uint32_t tag) {
    auto const id = id_of(tag, connection);
    if (id.valid()) tell(event::kind::writable, id);
}

void sockets::failed(tcp::connection_id connection, std::uint32_t tag, error_code error) {
    auto const id = id_of(tag, connection);
    auto* const s = find(id);
    if (s == nullptr) return;
    bool const connecting = s->at == socket_state::phase::connecting;
    s->at = socket_state::phase::dead;
    s->connection = {};
    dead_.push_back(connection);
    tell(connecting ? event::kind::connected : event::kind::failed, id, error);
}

void sockets::finished(tcp::connection_id connection, std::uint32_t tag) {
    auto const id = id_of(tag, connection);
    if (id.valid()) finished_.push_back(id);
}

}  // namespace stack::socket
