// Datagrams that leave.
#include "stack/udp/sockets.hpp"

#include <chrono>
#include <utility>

namespace stack::udp {

namespace errc = boost::system::errc;

namespace {

/// RFC 8201 4: a path may have become wider after ten minutes.
constexpr auto narrow_path_lasts = std::chrono::minutes(10);

constexpr std::size_t most_payload(bool v4) {
    constexpr std::size_t longest = 65535;
    return longest - wire::udp_header_length - (v4 ? 20 : 0);  // IPv6 does not count its header
}

}  // namespace

error_code sockets::send(socket_id id, std::optional<endpoint> const& remote,
                         fragments const& payload, instant now, address const& from) {
    auto* const s = sockets_.find(id.index, id.generation);
    if (s == nullptr) return errc::make_error_code(errc::bad_file_descriptor);
    if (s->error) return std::exchange(s->error, {});
    if (s->dead) return errc::make_error_code(errc::network_down);
    if (!remote && !s->connected())
        return errc::make_error_code(errc::destination_address_required);
    endpoint const to = remote ? *remote : s->remote;
    if (auto const error = check_destination(to)) return error;
    std::size_t const length = payload.bytes();
    auto const& settings = topology_.settings().udp;
    if (length > most_payload(to.host.is_v4()) || length > settings.send_buffer)
        return errc::make_error_code(errc::message_size);
    address source = s->source;
    if (!s->connected() || to != s->remote)
        if (auto const error = choose_source(*s, to, source)) return error;
    if (!from.is_unspecified()) {
        if (auto const error = check_source(*s, to, from)) return error;
        source = from;
    }
    if (!s->has_name())
        if (auto const error = bind(id, {to.host.any(), 0})) return error;

    if (s->narrow && now - s->narrow->since >= narrow_path_lasts) s->narrow.reset();
    ++s->count.datagrams_out;
    s->count.bytes_out += length;
    counts_.add(ip::counter::datagrams_out);
    out_.send({{source, s->bound.local.port},
               to,
               payload,
               settings.checksum,
               s->narrow ? s->narrow->mtu : std::uint16_t{0}});
    return {};
}

}  // namespace stack::udp
