#include "stack/ip/icmp.hpp"

#include "stack/wire/checksum.hpp"
#include "stack/wire/icmp4.hpp"
#include "stack/wire/icmp6.hpp"
#include "stack/wire/pseudo_header.hpp"

#include <algorithm>
#include <array>

namespace stack::ip {
namespace {

constexpr std::size_t header_length = wire::icmp4_view::minimum;
static_assert(header_length == wire::icmp6_view::minimum);

/// RFC 4443 2.3: of IPv6 the checksum covers a pseudo-header, too.
bool checksum_is_right(inbound const& packet) {
    wire::checksum sum;
    if (!packet.v4())
        sum = wire::pseudo_header(packet.source, packet.destination, wire::protocol::icmp6,
                                  static_cast<std::uint16_t>(packet.payload.size()));
    sum.add(packet.payload);
    return sum.value() == 0;
}

}  // namespace

std::optional<quoted_segment> icmp::input(inbound const& packet) {
    if (packet.payload.size() < header_length) {
        counts_.drop(drop_reason::truncated);
        return std::nullopt;
    }
    if (!checksum_is_right(packet)) {
        counts_.drop(drop_reason::bad_icmp_checksum);
        return std::nullopt;
    }
    wire::icmp4_view const v4(packet.payload);
    wire::icmp6_view const v6(packet.payload);
    if (packet.v4() ? v4.type() == wire::icmp4_type::echo : v6.type() == wire::icmp6_type::echo) {
        answer_echo(packet, packet.v4() ? static_cast<std::uint8_t>(wire::icmp4_type::echo_reply)
                                        : static_cast<std::uint8_t>(wire::icmp6_type::echo_reply));
        return std::nullopt;
    }
    if (packet.v4() ? v4.is_error() : v6.is_error()) counts_.add(counter::icmp_errors_in);
    drop_reason why = drop_reason::icmp_unknown;
    auto const quoted = read_quote(packet, why);
    if (!quoted) counts_.drop(why);
    return quoted;
}

/// RFC 792, RFC 4443 4.2: identifier, sequence number and data come back as they are.
void icmp::answer_echo(inbound const& packet, std::uint8_t reply) {
    std::array<std::byte, header_length> head{};
    head[0] = static_cast<std::byte>(reply);
    std::copy_n(packet.payload.begin() + 4, 4, head.begin() + 4);
    counts_.add(counter::echo_replies);
    out_.send_icmp(packet.destination, packet.source, head, packet.payload.subspan(head.size()));
}

}  // namespace stack::ip
