// UDP sockets get names: bind() and connect().
#include "stack/ip/source_selection.hpp"
#include "stack/socket/reservation.hpp"
#include "stack/udp/sockets.hpp"

namespace stack::udp {

namespace errc = boost::system::errc;

namespace {

/// :: and 0.0.0.0 are one.
endpoint normal(endpoint const& local) {
    return local.host.is_unspecified() ? endpoint{address::any_v4(), local.port} : local;
}

}  // namespace

error_code sockets::bind(socket_id id, endpoint const& local, bool reuse) {
    auto* const s = sockets_.find(id.index, id.generation);
    if (s == nullptr) return errc::make_error_code(errc::bad_file_descriptor);
    if (s->dead) return errc::make_error_code(errc::network_down);
    if (s->has_name()) return errc::make_error_code(errc::invalid_argument);
    endpoint name = normal(local);
    if (auto const error = name_for_bind(*s, name, reuse)) return error;
    if (name.port == 0) {
        auto const port = pick_port(name.host, {});
        if (!port) return errc::make_error_code(errc::address_not_available);
        name.port = *port;
    }
    s->reuse = reuse;
    give_name(id.index, name);
    return {};
}

/// The name the socket may have, PORT ... BIND applied.
error_code sockets::name_for_bind(socket_state const& s, endpoint& local, bool reuse) const {
    if (local.port != 0) {
        auto const& settings = topology_.settings();
        if (auto const error = socket::apply_reservations(
                settings.ports, false, settings.udp.restrict_low_ports, s.job, local))
            return error;
    }
    if (!local.host.is_unspecified() && !topology_.is_active(local.host))
        return errc::make_error_code(errc::address_not_available);
    if (local.port != 0 && is_taken(local, reuse))
        return errc::make_error_code(errc::address_in_use);
    return {};
}

bool sockets::is_taken(endpoint const& local, bool reuse) const {
    auto const on_port = on_port_.find(local.port);
    if (on_port == on_port_.end()) return false;
    for (auto i = on_port->second.front(); i != port_list::none; i = sockets_[i].on_port.next) {
        auto const& other = sockets_[i];
        bool const meet = local.host.is_unspecified() || other.bound.host.is_unspecified() ||
                          other.bound.host == local.host;
        if (meet && !(reuse && other.reuse)) return true;
    }
    return find({local, {}}).has_value();
}

std::optional<std::uint16_t> sockets::pick_port(address const& local, endpoint const& remote) {
    auto const& settings = topology_.settings();
    auto const reserved = [&](std::uint16_t port) {
        for (auto const& reservation : settings.ports)
            if (!reservation.tcp && reservation.port == port) return true;
        return port == 0;
    };
    return walk_.pick(settings.udp.first_ephemeral, settings.udp.last_ephemeral,
                      {{local, 0}, remote}, [&](std::uint16_t port) {
                          return !reserved(port) && !is_taken({local, port}, false);
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
        auto const port = pick_port(source, remote);
        if (!port) return errc::make_error_code(errc::address_not_available);
        give_name(id.index, {address::any_v4(), *port});
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
    bool const fixed = s.has_name() && !s.bound.host.is_unspecified();
    if (fixed && s.bound.host.is_v4() != remote.host.is_v4())
        return errc::make_error_code(errc::address_family_not_supported);
    auto const choice = ip::select_source(topology_, remote.host, false);
    if (!choice) return errc::make_error_code(errc::network_unreachable);
    source = fixed ? s.bound.host : choice->host;
    return {};
}

/// One that the user names.
error_code sockets::check_source(socket_state const& s, endpoint const& remote,
                                 address const& source) const {
    if (source.is_v4() != remote.host.is_v4())
        return errc::make_error_code(errc::address_family_not_supported);
    bool const its_own = s.bound.host.is_unspecified() || s.bound.host == source;
    if (!its_own || !topology_.is_active(source))
        return errc::make_error_code(errc::address_not_available);
    return {};
}

/// The name the socket is found by, with another remote.
error_code sockets::rename(std::uint32_t index, endpoint const& remote, address const& source) {
    auto& s = sockets_[index];
    endpoint const local{remote.port != 0 ? source : s.bound.host, s.bound.port};
    auto const there = find({local, remote});
    if (there && *there != index) return errc::make_error_code(errc::address_in_use);
    names_.erase(s.name());
    s.remote = remote;
    s.source = source;
    s.narrow.reset();
    names_.emplace(s.name(), index);
    return {};
}

void sockets::give_name(std::uint32_t index, endpoint const& local) {
    auto& s = sockets_[index];
    s.bound = local;
    names_.emplace(s.name(), index);
    on_port_[local.port].push_back(sockets_, index);
}

void sockets::take_name(std::uint32_t index) {
    auto& s = sockets_[index];
    if (!s.has_name()) return;
    names_.erase(s.name());
    auto const on_port = on_port_.find(s.bound.port);
    on_port->second.erase(sockets_, index);
    if (on_port->second.empty()) on_port_.erase(on_port);
    s.bound = {};
    s.remote = {};
}

}  // namespace stack::udp
