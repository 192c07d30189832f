#include "stack/ip/icmp.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/wire/checksum.hpp"

#include <algorithm>
#include <array>

namespace stack::ip {
namespace {

/// RFC 1191 7.1: the MTUs that exist, for routers that do not say theirs.
constexpr std::array<std::uint16_t, 10> plateaus{32000, 17914, 8166, 4352, 2002,
                                                 1492,  1006,  508,  296,  68};

std::uint16_t plateau_below(std::uint16_t length) {
    for (auto mtu : plateaus)
        if (mtu < length) return mtu;
    return plateaus.back();
}

/// RFC 1122 3.2.2: no error about an error, nor about what was not sent to us alone or has no one
/// to tell.
bool may_be_answered(inbound const& packet) {
    if (is_loopback(packet.source) != is_loopback(packet.destination)) return false;
    if (!is_loopback(packet.source) &&
        check_martian(packet.source, packet.destination) != drop_reason::none)
        return false;
    if (packet.protocol != wire::protocol::icmp) return true;
    return packet.payload.size() >= wire::icmp4_view::minimum &&
           !wire::icmp4_view(packet.payload).is_error();
}

}  // namespace

std::optional<quoted_segment> icmp::input(inbound const& packet) {
    if (packet.payload.size() < wire::icmp4_view::minimum) {
        counts_.drop(drop_reason::truncated);
        return std::nullopt;
    }
    wire::checksum sum;
    sum.add(packet.payload);
    if (sum.value() != 0) {
        counts_.drop(drop_reason::bad_icmp_checksum);
        return std::nullopt;
    }
    wire::icmp4_view const message(packet.payload);
    if (message.type() == wire::icmp4_type::echo) {
        // RFC 792: identifier, sequence number and data come back as they are.
        std::array<std::byte, wire::icmp4_view::minimum> head{};
        std::copy_n(packet.payload.begin() + 4, 4, head.begin() + 4);
        counts_.add(counter::echo_replies);
        out_.send_icmp(packet.destination, packet.source, head,
                       packet.payload.subspan(head.size()));
        return std::nullopt;
    }
    if (message.type() == wire::icmp4_type::destination_unreachable) return quoted(packet);
    counts_.drop(drop_reason::icmp_unknown);
    return std::nullopt;
}

std::optional<quoted_segment> icmp::quoted(inbound const& packet) {
    counts_.add(counter::icmp_errors_in);
    wire::icmp4_view const message(packet.payload);
    auto const quote = packet.payload.subspan(wire::icmp4_view::minimum);
    constexpr std::size_t transport_bytes = 8;  // RFC 792: ports and sequence number
    if (quote.size() < wire::ipv4_view::minimum + transport_bytes) {
        counts_.drop(drop_reason::truncated);
        return std::nullopt;
    }
    wire::ipv4_view const ip(quote);
    std::size_t const header = ip.header_length();
    bool const sound = ip.version() == 4 && header >= wire::ipv4_view::minimum &&
                       header + transport_bytes <= quote.size();
    if (!sound || ip.is_later_fragment() ||
        ip.protocol_number() != static_cast<std::uint8_t>(wire::protocol::tcp)) {
        counts_.drop(drop_reason::icmp_unknown);
        return std::nullopt;
    }
    std::byte const* const transport = quote.data() + header;
    quoted_segment out;
    out.tuple = {{ip.source(), load_be16(transport)}, {ip.destination(), load_be16(transport + 2)}};
    out.sequence = load_be32(transport + 4);
    out.code = static_cast<wire::unreachable_code>(message.code());
    if (out.code == wire::unreachable_code::fragmentation_needed) {
        out.mtu = message.next_hop_mtu();
        if (out.mtu == 0) out.mtu = plateau_below(ip.total_length());
    }
    return out;
}

void icmp::send_unreachable(inbound const& packet, address const& source,
                            wire::unreachable_code code, std::uint16_t mtu, instant now) {
    send_error(packet, source, wire::icmp4_type::destination_unreachable,
               static_cast<std::uint8_t>(code), mtu, now);
}

void icmp::send_time_exceeded(inbound const& packet, address const& source, instant now) {
    send_error(packet, source, wire::icmp4_type::time_exceeded, 0, 0, now);
}

void icmp::send_error(inbound const& packet, address const& source, wire::icmp4_type type,
                      std::uint8_t code, std::uint32_t rest, instant now) {
    if (!may_be_answered(packet)) return;
    if (!limit_.take(now)) {
        counts_.drop(drop_reason::icmp_limited);
        return;
    }
    // RFC 1812 4.3.2.3: as much of the packet as fits into 576 bytes.
    constexpr std::size_t most = 576 - wire::ipv4_view::minimum - wire::icmp4_view::minimum;
    std::array<std::byte, wire::icmp4_view::minimum> head{};
    head[0] = static_cast<std::byte>(type);
    head[1] = static_cast<std::byte>(code);
    store_be32(head.data() + 4, rest);
    counts_.add(counter::icmp_errors_out);
    out_.send_icmp(source, packet.source, head,
                   packet.packet.first(std::min(most, packet.packet.size())));
}

}  // namespace stack::ip
