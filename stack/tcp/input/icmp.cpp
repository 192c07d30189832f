// What ICMP says about a connection, believed as far as RFC 5927 allows.
#include "stack/tcp/close/ending.hpp"
#include "stack/tcp/demux.hpp"
#include "stack/tcp/engine.hpp"
#include "stack/tcp/engine_state.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/output/output.hpp"
#include "stack/tcp/path/discovery.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

// RFC 5927 4.1: the segment quoted is one that is in flight; strangers do not know its number.
std::optional<std::uint32_t> find_in_flight(engine_state& s, four_tuple const& tuple, seq quoted) {
    auto const found = find(s, tuple);
    if (found && found->kind == entity::connection) {
        connection const& c = s.connections[found->index];
        if (in_window(quoted, c.snd_una, c.outstanding())) return found->index;
    }
    s.count(counter::drop_icmp_invalid);
    return std::nullopt;
}

bool is_hard(unreachable_kind kind) {
    return kind == unreachable_kind::protocol || kind == unreachable_kind::port;
}

}  // namespace

void engine::path_mtu_changed(four_tuple const& tuple, std::uint32_t quoted, std::uint16_t mtu,
                              instant now) {
    engine_state& s = *state_;
    auto const index = find_in_flight(s, tuple, seq(quoted));
    if (!index) return;
    connection& c = s.connections[*index];
    std::uint16_t const least =
        tuple.remote.host.is_v4() ? limits::min_path_mtu_v4 : limits::min_path_mtu_v6;
    if (!c.synchronized()) return;
    path_is_narrow(s, c, std::max(mtu, least), now);
    want_output(s, *index);
}

void engine::unreachable(four_tuple const& tuple, std::uint32_t quoted, unreachable_kind kind,
                         instant) {
    namespace errc = boost::system::errc;
    engine_state& s = *state_;
    auto const index = find_in_flight(s, tuple, seq(quoted));
    if (!index) return;
    connection& c = s.connections[*index];
    // RFC 9293 3.9.2.2 (MUST-56): soft errors end nothing. RFC 5927 5.2: hard ones are soft once
    // the peer has answered.
    if (is_hard(kind) && !c.synchronized())
        return fail(s, *index, errc::make_error_code(errc::connection_refused));
    c.soft_error = true;
}

}  // namespace stack::tcp
