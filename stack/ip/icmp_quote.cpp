// What ICMP errors quote, and what they mean for a connection (RFC 9293 3.9.2.2) or a UDP socket
// (RFC 1122 4.1.3.3).
#include "stack/core/byte_order.hpp"
#include "stack/ip/icmp.hpp"
#include "stack/wire/icmp4.hpp"
#include "stack/wire/icmp6.hpp"
#include "stack/wire/ipv4.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/ipv6_extension.hpp"

#include <algorithm>
#include <array>

namespace stack::ip {
namespace {

using tcp::unreachable_kind;

constexpr std::size_t transport_bytes = 8;  // RFC 792: ports and sequence number, or all of UDP

/// RFC 1191 7.1: the MTUs that exist, for routers that do not say theirs.
constexpr std::array<std::uint16_t, 10> plateaus{32000, 17914, 8166, 4352, 2002,
                                                 1492,  1006,  508,  296,  68};

std::uint16_t plateau_below(std::uint16_t length) {
    for (auto mtu : plateaus)
        if (mtu < length) return mtu;
    return plateaus.back();
}

/// Where the transport header of a quoted packet begins; nothing if the quote is too short
/// to tell.
struct place {
    std::size_t at = 0;
    /// Whose header it is, if these are its first bytes.
    std::optional<quoted_segment::kind> transport;
};

std::optional<quoted_segment::kind> transport_of(bool found, std::uint8_t number) {
    if (!found) return std::nullopt;
    switch (static_cast<wire::protocol>(number)) {
        case wire::protocol::tcp:
            return quoted_segment::kind::tcp;
        case wire::protocol::udp:
            return quoted_segment::kind::udp;
        case wire::protocol::gre:
        case wire::protocol::ipv6:
            return quoted_segment::kind::tunnel;
        default:
            return std::nullopt;
    }
}

std::optional<place> find_transport_v4(std::span<std::byte const> quote) {
    if (quote.size() < wire::ipv4_view::minimum) return std::nullopt;
    wire::ipv4_view const ip(quote);
    std::size_t const header = ip.header_length();
    bool const sound = ip.version() == 4 && header >= wire::ipv4_view::minimum;
    return place{header, transport_of(sound && ip.fragment_offset() == 0, ip.protocol_number())};
}

std::optional<place> find_transport_v6(std::span<std::byte const> quote) {
    if (quote.size() < wire::ipv6_view::minimum) return std::nullopt;
    if (wire::ipv6_view(quote).version() != 6) return place{};
    auto chain = wire::read_extensions(quote);
    bool const first = !chain.fragment || chain.fragment->offset == 0;
    if (chain.fragment && first) chain = wire::read_extensions_behind(quote, chain);
    bool const found = chain.fault == wire::chain_fault::none && first;
    return place{chain.payload, transport_of(found, chain.protocol)};
}

/// What the message means; false if nothing for a connection.
bool read_meaning_v4(wire::icmp4_view const& message, quoted_segment& out) {
    using code = wire::unreachable_code;
    // RFC 1122 4.2.3.9: hints, no more. So are all but two codes of destination unreachable.
    out.unreachable = unreachable_kind::host;
    if (message.type() == wire::icmp4_type::time_exceeded ||
        message.type() == wire::icmp4_type::parameter_problem)
        return true;
    if (message.type() != wire::icmp4_type::destination_unreachable) return false;
    switch (static_cast<code>(message.code())) {
        case code::fragmentation_needed:
            out.unreachable.reset();
            out.mtu = message.next_hop_mtu();
            return true;
        case code::network:
            out.unreachable = unreachable_kind::network;
            return true;
        case code::host:
            return true;
        case code::protocol:
            out.unreachable = unreachable_kind::protocol;
            return true;
        case code::port:
            out.unreachable = unreachable_kind::port;
            return true;
    }
    // RFC 1122 3.2.2.1: 9, 10 and 13 are prohibitions, the others say that the host or network
    // can't be reached (now).
    auto const number = message.code();
    if (number == 9 || number == 10 || number == 13) out.unreachable = unreachable_kind::prohibited;
    return true;
}

bool read_meaning_v6(wire::icmp6_view const& message, quoted_segment& out) {
    using code = wire::unreachable6_code;
    out.unreachable = unreachable_kind::host;
    switch (message.type()) {
        case wire::icmp6_type::time_exceeded:
        case wire::icmp6_type::parameter_problem:
            return true;
        case wire::icmp6_type::packet_too_big:
            out.unreachable.reset();
            out.mtu = static_cast<std::uint16_t>(std::min<std::uint32_t>(message.mtu(), 0xffff));
            return true;
        case wire::icmp6_type::destination_unreachable:
            break;
        default:
            return false;
    }
    switch (static_cast<code>(message.code())) {
        case code::no_route:
        case code::reject_route:
            out.unreachable = unreachable_kind::network;
            break;
        case code::prohibited:
        case code::source_policy:
            out.unreachable = unreachable_kind::prohibited;
            break;
        case code::port:
            out.unreachable = unreachable_kind::port;
            break;
        case code::beyond_scope:
        case code::host:
            break;
    }
    return true;
}

}  // namespace

std::optional<quoted_segment> read_quote(inbound const& error, drop_reason& why) {
    wire::icmp4_view const v4(error.payload);
    wire::icmp6_view const v6(error.payload);
    why = drop_reason::icmp_unknown;
    quoted_segment out;
    if (error.v4() ? !read_meaning_v4(v4, out) : !read_meaning_v6(v6, out)) return std::nullopt;
    auto const quote = error.payload.subspan(wire::icmp4_view::minimum);
    auto const where = error.v4() ? find_transport_v4(quote) : find_transport_v6(quote);
    if (where && !where->transport) return std::nullopt;
    if (!where || where->at + transport_bytes > quote.size()) {
        why = drop_reason::truncated;
        return std::nullopt;
    }
    std::byte const* const transport = quote.data() + where->at;
    out.of = *where->transport;
    if (out.of == quoted_segment::kind::tcp) out.sequence = load_be32(transport + 4);
    if (error.v4()) {
        wire::ipv4_view const ip(quote);
        out.tuple = {{ip.source(), 0}, {ip.destination(), 0}};
        if (!out.unreachable && out.mtu == 0) out.mtu = plateau_below(ip.total_length());
    } else {
        wire::ipv6_view const ip(quote);
        out.tuple = {{ip.source(), 0}, {ip.destination(), 0}};
    }
    if (out.of != quoted_segment::kind::tunnel) {
        out.tuple.local.port = load_be16(transport);
        out.tuple.remote.port = load_be16(transport + 2);
    }
    return out;
}

}  // namespace stack::ip
