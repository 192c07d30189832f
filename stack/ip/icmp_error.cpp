// Errors that this stack sends about packets of others.
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

struct message {
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint32_t rest = 0;  ///< the second word of the header
};

message made(wire::icmp4_type type, unsigned code, std::uint32_t rest = 0) {
    return {static_cast<std::uint8_t>(type), static_cast<std::uint8_t>(code), rest};
}
message made(wire::icmp6_type type, unsigned code, std::uint32_t rest = 0) {
    return {static_cast<std::uint8_t>(type), static_cast<std::uint8_t>(code), rest};
}

/// Nothing if IPv4 has no such problem.
std::optional<message> message_v4(problem const& what) {
    using kind = problem::kind;
    using code = wire::unreachable_code;
    auto const unreachable = [](code why, std::uint32_t rest = 0) {
        return made(wire::icmp4_type::destination_unreachable, static_cast<unsigned>(why), rest);
    };
    switch (what.what) {
        case kind::no_route:
            return unreachable(code::network);
        case kind::port:
            return unreachable(code::port);
        case kind::protocol:
            return unreachable(code::protocol);
        case kind::too_big:
            return unreachable(code::fragmentation_needed, what.value);
        case kind::hops:
            return made(wire::icmp4_type::time_exceeded, 0);
        case kind::reassembly:
            return made(wire::icmp4_type::time_exceeded, 1);
        case kind::field:
        case kind::option:
        case kind::incomplete_chain:
            break;
    }
    return std::nullopt;
}

message message_v6(problem const& what) {
    using kind = problem::kind;
    using type = wire::icmp6_type;
    using code = wire::unreachable6_code;
    switch (what.what) {
        case kind::no_route:
            return made(type::destination_unreachable, static_cast<unsigned>(code::no_route));
        case kind::port:
            return made(type::destination_unreachable, static_cast<unsigned>(code::port));
        case kind::too_big:
            return made(type::packet_too_big, 0, what.value);
        case kind::hops:
            return made(type::time_exceeded, 0);
        case kind::reassembly:
            return made(type::time_exceeded, 1);
        case kind::field:
            return made(type::parameter_problem, 0, what.value);
        case kind::protocol:
            return made(type::parameter_problem, 1, what.value);
        case kind::option:
            return made(type::parameter_problem, 2, what.value);
        case kind::incomplete_chain:
            return made(type::parameter_problem, 3, what.value);
    }
    return {};
}

/// No error about an error. Looks for the message itself: a packet in transit has not been opened.
bool carries_icmp6_error(inbound const& packet) {
    auto chain = wire::read_extensions(packet.packet);
    if (chain.fragment && chain.fragment->offset == 0)
        chain = wire::read_extensions_behind(packet.packet, chain);
    if (chain.protocol != static_cast<std::uint8_t>(wire::protocol::icmp6)) return false;
    if (chain.fragment) return true;  // who knows
    auto const body = packet.packet.subspan(chain.payload);
    return body.size() < wire::icmp6_view::minimum || !wire::icmp6_view(body).may_be_answered();
}

bool carries_icmp4_error(inbound const& packet) {
    if (packet.protocol != wire::protocol::icmp) return false;
    return packet.payload.size() < wire::icmp4_view::minimum ||
           wire::icmp4_view(packet.payload).is_error();
}

/// RFC 1122 3.2.2 and RFC 4443 2.4 (e) allow an error about the packet.
bool may_be_answered(inbound const& packet) {
    // None about what was not sent to us alone or has no one to tell.
    if (packet.source.is_loopback() != packet.destination.is_loopback()) return false;
    if (!packet.source.is_loopback() &&
        check_martian(packet.source, packet.destination) != drop_reason::none)
        return false;
    if (!packet.v4()) return !carries_icmp6_error(packet);
    // RFC 1122 3.2.2: about the first fragment only.
    if (packet.fragment && packet.fragment->offset != 0) return false;
    return !carries_icmp4_error(packet);
}

}  // namespace

void icmp::report(inbound const& packet, address const& here, problem const& what, instant now) {
    auto const says = packet.v4() ? message_v4(what) : message_v6(what);
    if (!says || !may_be_answered(packet)) return;
    if (!limit_.take(now)) {
        counts_.drop(drop_reason::icmp_limited);
        return;
    }
    std::array<std::byte, wire::icmp4_view::minimum> head{};
    head[0] = static_cast<std::byte>(says->type);
    head[1] = static_cast<std::byte>(says->code);
    store_be32(head.data() + 4, says->rest);
    // As much of the packet as fits into 576 bytes (RFC 1812 4.3.2.3), or 1280 (RFC 4443 2.4 c).
    std::size_t const most = (packet.v4() ? 576 - wire::ipv4_view::minimum
                                          : wire::ipv6_least_mtu - wire::ipv6_view::minimum) -
                             head.size();
    counts_.add(counter::icmp_errors_out);
    out_.send_icmp(here, packet.source, head,
                   packet.packet.first(std::min(most, packet.packet.size())));
}

}  // namespace stack::ip
