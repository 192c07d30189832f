// Datagrams and errors that arrive, and whose they are.
#include "stack/udp/sockets.hpp"
#include "stack/wire/pseudo_header.hpp"
#include "stack/wire/transport_ports.hpp"

#include <algorithm>

namespace stack::udp {
namespace {

using ip::counter;
using ip::drop_reason;

bool checksum_is_right(ip::inbound const& packet, wire::udp_datagram const& datagram) {
    if (packet.meta.checksum_partial) return true;
    // RFC 768: zero means that the sender made none. RFC 8200 8.1: IPv6 has no such thing.
    if (datagram.checksum == 0) return packet.v4();
    auto sum = wire::pseudo_header(packet.source, packet.destination, wire::protocol::udp,
                                   static_cast<std::uint16_t>(datagram.bytes.size()));
    sum.add(datagram.bytes);
    return sum.value() == 0;
}

}  // namespace

bool sockets::input(ip::inbound const& packet) {
    auto const datagram = wire::parse_udp(packet.payload);
    if (!datagram) {
        counts_.drop(drop_reason::bad_udp_length);
        return true;
    }
    if (!checksum_is_right(packet, *datagram)) {
        counts_.drop(drop_reason::bad_udp_checksum);
        return true;
    }
    auto const tuple =
        wire::received_tuple(packet.source, packet.destination, datagram->bytes.data());
    auto const receiver = find_receiver(tuple);
    if (!receiver) return false;
    keep(*receiver, *datagram, tuple);
    return true;
}

void sockets::keep(std::uint32_t index, wire::udp_datagram const& datagram,
                   four_tuple const& tuple) {
    auto& s = sockets_[index];
    bool const first = s.queue.empty() && !s.error;
    auto const payload = datagram.payload();
    if (!s.queue.push(chunks_, tuple.remote, tuple.local.host, payload,
                      topology_.settings().udp.receive_buffer)) {
        ++s.count.datagrams_lost;
        return counts_.drop(drop_reason::udp_queue_full);
    }
    ++s.count.datagrams_in;
    s.count.bytes_in += payload.size();
    counts_.add(counter::datagrams_in);
    if (first) tell(index);
}

std::optional<std::uint32_t> sockets::find(four_tuple const& name) const {
    auto const at = names_.find(name);
    if (at == names_.end()) return std::nullopt;
    return at->second;
}

/// The most specific name wins: a connection, then an address, then any.
std::optional<std::uint32_t> sockets::find_receiver(four_tuple const& received) const {
    if (auto const connected = find(received)) return connected;
    if (auto const bound = find({received.local, {}})) return bound;
    auto const& [host, port] = received.local;
    if (host.is_v4())
        if (auto const any = find({{address::any_v4(), port}, {}})) return any;
    auto const any = find({{address(), port}, {}});
    return any && sockets_[*any].bound.covers(host) ? any : std::nullopt;
}

sockets::match sockets::takes(four_tuple const& received) const {
    if (find(received)) return match::connected;
    return find_receiver(received) ? match::bound : match::none;
}

bool sockets::unreachable(four_tuple const& sent, error_code why) {
    auto const sender = find_receiver(sent);
    if (!sender) return false;
    if (sockets_[*sender].connected()) report(*sender, why);
    return true;
}

bool sockets::path_mtu_changed(four_tuple const& sent, std::uint16_t mtu, instant now) {
    auto const sender = find_receiver(sent);
    if (!sender) return false;
    auto& narrow = sockets_[*sender].narrow;
    // Routers cut IPv4 datagrams, which do not say Don't Fragment. RFC 8201 4: never below 1280.
    constexpr std::uint16_t least = 1280;
    if (!sent.local.host.is_v4() && (!narrow || mtu < narrow->mtu))
        narrow = {std::max(mtu, least), now};
    return true;
}

}  // namespace stack::udp
