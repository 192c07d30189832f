// UDP sockets get names: bind() and connect().
#include "stack/ip/source_selection.hpp"
#include "stack/socket/reservation.hpp"
#include "stack/udp/sockets.hpp"

namespace stack::udp {

namespace errc = boost::system::errc;

error_code sockets::bind(socket_id id, endpoint const& local, bind_options const& options) {
    auto* const s = sockets_.find(id.index, id.generation);
    if (s == nullptr) return errc::make_error_code(errc::bad_file_descriptor);
    if (s->dead) return errc::make_error_code(errc::network_down);
    if (s->has_name()) return errc::make_error_code(errc::invalid_argument);
    bound_name name{local, options.v6_only};
    if (auto const error = name_for_bind(*s, name, options.reuse)) return error;
    if (name.local.port == 0) {
        auto const port = pick_port(name, {});
        if (!port) return errc::make_error_code(errc::address_not_available);
        name.local.port = *port;
    }
    s->reuse = options.reuse;
    give_name(id.index, name);
    return {};
}

/// The name the socket may have, PORT ... BIND applied.
error_code sockets::name_for_bind(socket_state const& s, bound_name& name, bool reuse) const {
    if (name.local.port != 0) {
        auto const& settings = topology_.settings();
        if (auto const error = socket::apply_reservations(settings, false, s.job, name))
            return error;
    }
    if (!name.is_any() && !topology_.is_active(name.local.host))
        return errc::make_error_code(errc::address_not_available);
    if (name.local.port != 0 && is_taken(name, reuse))
        return errc::make_error_code(errc::address_in_use);
    return {};
}

bool sockets::is_taken(bound_name const& name, bool reuse) const {
    auto const on_port = on_port_.find(name.local.port);
    if (on_port == on_port_.end()) return false;
    for (auto i = on_port->second.front(); i != port_list::none; i = sockets_[i].on_port.next) {
        auto const& other = sockets_[i];
        if (other.bound.meets(name) && !(reuse && other.reuse)) return true;
    }
    return find({name.local, {}}).has_value();
}

std::optional<std::uint16_t> sockets::pick_port(bound_name name, endpoint const& remote) {
    auto const& settings = topology_.settings();
    auto const reserved = [&](std::uint16_t port) {
        return port == 0 || !socket::reservations_of(settings.ports, false, port).empty();
    };
    return walk_.pick(settings.udp.first_ephemeral, settings.udp.last_ephemeral,
                      {name.local, remote}, [&](std::uint16_t port) {
                          name.local.port = port;
                          return !reserved(port) && !is_taken(name, false);
                      });
}

error_code sockets::connect(socket_id id, endpoint const& remote) {
    auto* const s = sockets_.find(id.index, id.generation);
    if (s == nullptr) return errc::make_error_code(errc::bad_file_descriptor);
    if (s->dead) return errc::make_error_code(errc::network_down);
    if (auto const error = check_destination(remote)) return error;
    address source;
    if (auto const error = choose_source(*s, remote, source)) return error;
    if (!s->has_name()) {
        auto const port = pick_port(endpoint{source, 0}, remote);
        if (!port) return errc::make_error_code(errc::address_not_available);
        give_name(id.index, endpoint{remote.host.any(), *port});
    }
    return rename(id.index, remote, source);
}

error_code sockets::disconnect(socket_id id) {
    auto* const s = sockets_.find(id.index, id.generation);
    if (s == nullptr) return errc::make_error_code(errc::bad_file_descriptor);
    return s->has_name() ? rename(id.index, {}, {}) : error_code{};
}

error_code sockets::check_destination(endpoint const& remote) const {
    if (remote.port == 0 || remote.host.is_unspecified())
        return errc::make_error_code(errc::invalid_argument);
    // No socket here asks to broadcast, and no group is joined.
    if (remote.host == address::v4(0xffffffff))
        return errc::make_error_code(errc::permission_denied);
    if (remote.host.is_multicast()) return errc::make_error_code(errc::network_unreachable);
    return {};
}

/// TCPSTACKSOURCEVIPA is for TCP; apart from it the order is that of TCP connections.
error_code sockets::choose_source(socket_state const& s, endpoint const& remote,
                                  address& source) const {
    bool const fixed = s.has_name() && !s.bound.is_any();
    bool const reaches = fixed ? s.bound.local.host.any() == remote.host.any()
                               : !s.has_name() || s.bound.covers(remote.host);
    if (!reaches) return errc::make_error_code(errc::address_family_not_supported);
    auto const choice = ip::select_source(topology_, remote.host, nullptr);
    if (!choice) return errc::make_error_code(errc::network_unreachable);
    source = fixed ? s.bound.local.host : choice->host;
    return {};
}

/// One that the user names.
error_code sockets::check_source(socket_state const& s, endpoint const& remote,
                                 address const& source) const {
    if (source.is_v4() != remote.host.is_v4())
        return errc::make_error_code(errc::address_family_not_supported);
    bool const its_own = !s.has_name() || s.bound.covers(source);
    if (!its_own || !topology_.is_active(source))
        return errc::make_error_code(errc::address_not_available);
    return {};
}

/// The name the socket is found by, with another remote.
error_code sockets::rename(std::uint32_t index, endpoint const& remote, address const& source) {
    auto& s = sockets_[index];
    endpoint const local{remote.port != 0 ? source : s.bound.local.host, s.bound.local.port};
    auto const there = find({local, remote});
    if (there && *there != index) return errc::make_error_code(errc::address_in_use);
    names_.erase(s.name());
    observer_.unnamed(s.local_name(), s.remote);
    s.remote = remote;
    s.source = source;
    s.narrow.reset();
    names_.emplace(s.name(), index);
    observer_.named(s.local_name(), s.remote);
    return {};
}

void sockets::give_name(std::uint32_t index, bound_name const& name) {
    auto& s = sockets_[index];
    s.bound = name;
    names_.emplace(s.name(), index);
    on_port_[name.local.port].push_back(sockets_, index);
    observer_.named(name, {});
}

void sockets::take_name(std::uint32_t index) {
    auto& s = sockets_[index];
    if (!s.has_name()) return;
    names_.erase(s.name());
    observer_.unnamed(s.local_name(), s.remote);
    auto const on_port = on_port_.find(s.bound.local.port);
    on_port->second.erase(sockets_, index);
    if (on_port->second.empty()) on_port_.erase(on_port);
    s.bound = {};
    s.remote = {};
}

}  // namespace stack::udp
