#include "stack/tcp/output/emit.hpp"

#include "stack/tcp/data/window.hpp"
#include "stack/tcp/limits.hpp"
#include "stack/tcp/open/timestamp.hpp"

#include <algorithm>

namespace stack::tcp {

namespace {

constexpr std::uint32_t largest_packet = 65535;

std::uint32_t headers_of(four_tuple const& tuple) {
    constexpr std::uint32_t ipv4_header = 20;
    constexpr std::uint32_t ipv6_header = 40;
    auto const tcp = static_cast<std::uint32_t>(wire::tcp_header_min);
    return tcp + (tuple.remote.host.is_v4() ? ipv4_header : ipv6_header);
}

std::uint32_t options_of_every_segment(connection const& c) {
    constexpr std::uint32_t timestamps = 12;  // RFC 7323 A: with two bytes of padding
    return c.timestamps ? timestamps : 0;
}

}  // namespace

std::uint16_t mss_of(four_tuple const& tuple, std::uint16_t mtu) {
    std::uint32_t const headers = std::min<std::uint32_t>(mtu, headers_of(tuple));
    return std::max(limits::min_mss, static_cast<std::uint16_t>(mtu - headers));
}

std::uint16_t payload_of(connection const& c, std::uint16_t mss) {
    return static_cast<std::uint16_t>(mss - options_of_every_segment(c));
}

std::uint16_t packet_of(connection const& c, std::uint16_t payload) {
    return static_cast<std::uint16_t>(headers_of(c.tuple) + options_of_every_segment(c) + payload);
}

std::uint16_t path_mss(engine_state const& s, four_tuple const& tuple) {
    std::uint16_t const mtu = s.sink.path_mtu(tuple.local.host, tuple.remote.host);
    return mtu == 0 ? std::uint16_t{0} : mss_of(tuple, mtu);
}

std::uint32_t largest_payload(engine_state const& s, four_tuple const& tuple, std::uint16_t mss) {
    if (!s.sink.takes_super_segments()) return mss;
    return std::max<std::uint32_t>(1, (largest_packet - headers_of(tuple)) / mss) * mss;
}

void emit(engine_state& s, four_tuple const& tuple, wire::tcp_header header,
          fragments const& payload, std::uint16_t gso_size, std::uint8_t ecn) {
    header.source_port = tuple.local.port;
    header.destination_port = tuple.remote.port;
    wire::tcp_header_bytes const bytes(header);
    auto const length = payload.bytes();
    s.count(counter::segments_out, gso_size == 0 ? 1 : (length + gso_size - 1) / gso_size);
    s.sink.send({tuple.local.host, tuple.remote.host, bytes.bytes(), payload, gso_size, ecn});
}

wire::tcp_header header_of(connection& c, seq number, instant now) {
    wire::tcp_header header;
    header.sequence = number.value();
    header.acknowledgment = c.rcv_nxt.value();
    header.flags = wire::tcp_flag::ack;
    if (c.echo_owed) header.flags |= wire::tcp_flag::ece;
    header.window = offer_window(c);
    if (c.timestamps) header.options.timestamps = {timestamp_clock(now) + c.ts_offset, c.ts_recent};
    return header;
}

}  // namespace stack::tcp
