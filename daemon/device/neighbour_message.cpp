#include "daemon/device/neighbour_message.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/pseudo_header.hpp"

#include <algorithm>

namespace tcpplexd {
namespace {

namespace wire = stack::wire;
using stack::address;
using bytes = std::span<std::byte const>;

// RFC 826, for Ethernet and IPv4.
constexpr std::uint16_t hardware_ethernet = 1;
constexpr std::uint16_t protocol_ipv4 = 0x0800;
constexpr std::uint16_t lengths = 6 << 8 | 4;
enum operation : std::uint16_t { request = 1, reply = 2 };
constexpr std::size_t sender_at = 8;
constexpr std::size_t target_at = 18;

// RFC 4861 4.3, 4.4 and 4.6.1.
constexpr std::byte solicitation_type{135};
constexpr std::byte advertisement_type{136};
constexpr std::uint8_t no_router_passed_it = 255;
constexpr std::size_t solicitation_size = 24;
constexpr std::size_t option_unit = 8;
constexpr std::byte source_link_address{1};
constexpr std::byte target_link_address{2};
constexpr std::byte solicited{0x40};
constexpr std::byte override_cached{0x20};

constexpr address all_nodes{0xff02'0000'0000'0000, 1};

ethernet_address read_ethernet(bytes from) {
    ethernet_address result{};
    std::transform(from.begin(), from.begin() + result.size(), result.begin(),
                   [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
    return result;
}

address read_ipv6(bytes from) {
    address::bytes_type result{};
    std::transform(from.begin(), from.begin() + result.size(), result.begin(),
                   [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
    return address(result);
}

template <class Bytes>
void put(std::byte* to, Bytes const& what) {
    std::transform(what.begin(), what.end(), to, [](std::uint8_t b) { return std::byte{b}; });
}

arp_message make_arp(operation what, address const& host, ethernet_address const& ours,
                     address const& to, ethernet_address const& to_ethernet) {
    arp_message made{};
    stack::store_be16(made.data(), hardware_ethernet);
    stack::store_be16(made.data() + 2, protocol_ipv4);
    stack::store_be16(made.data() + 4, lengths);
    stack::store_be16(made.data() + 6, what);
    put(made.data() + sender_at, ours);
    stack::store_be32(made.data() + sender_at + 6, host.to_v4());
    put(made.data() + target_at, to_ethernet);
    stack::store_be32(made.data() + target_at + 6, to.to_v4());
    return made;
}

std::uint16_t checksum_of(wire::ipv6_view const& ip, bytes message) {
    auto sum = wire::pseudo_header(ip.source(), ip.destination(), wire::protocol::icmp6,
                                   static_cast<std::uint16_t>(message.size()));
    sum.add(message);
    return sum.value();
}

/// Whether the options are whole; `has_source` says whether a source link-layer address is among
/// them.
bool read_options(bytes options, bool& has_source) {
    while (!options.empty()) {
        if (options.size() < option_unit) return false;
        auto const size = std::to_integer<std::size_t>(options[1]) * option_unit;
        if (size == 0 || size > options.size()) return false;
        if (options[0] == source_link_address) has_source = true;
        options = options.subspan(size);
    }
    return true;
}

advertisement make_advertisement(address const& host, address const& to, std::byte flags,
                                 ethernet_address const& ours) {
    advertisement made{};
    auto const message = std::span(made).subspan<wire::ipv6_view::minimum>();
    wire::write({.payload_length = static_cast<std::uint16_t>(message.size()),
                 .next_header = wire::protocol::icmp6,
                 .hop_limit = no_router_passed_it,
                 .source = host,
                 .destination = to},
                std::span(made).first<wire::ipv6_view::minimum>());
    message[0] = advertisement_type;
    message[4] = flags;
    put(&message[8], host.bytes());
    message[24] = target_link_address;
    message[25] = std::byte{1};  // in option_unit
    put(&message[26], ours);
    stack::store_be16(&message[2], checksum_of(wire::ipv6_view(made), message));
    return made;
}

}  // namespace

std::optional<neighbour_question> read_arp_request(bytes message) {
    if (message.size() < arp_message{}.size()) return std::nullopt;
    auto const* const at = message.data();
    if (stack::load_be16(at) != hardware_ethernet || stack::load_be16(at + 2) != protocol_ipv4 ||
        stack::load_be16(at + 4) != lengths || stack::load_be16(at + 6) != request)
        return std::nullopt;
    neighbour_question asked{address::v4(stack::load_be32(at + target_at + 6)),
                             address::v4(stack::load_be32(at + sender_at + 6)),
                             read_ethernet(message.subspan(sender_at))};
    if (asked.target == asked.asker) return std::nullopt;  // an announcement, RFC 5227 3
    return asked;
}

arp_message arp_reply(neighbour_question const& asked, ethernet_address const& ours) {
    return make_arp(reply, asked.target, ours, asked.asker, asked.asker_ethernet);
}

arp_message arp_announcement(address const& host, ethernet_address const& ours) {
    return make_arp(request, host, ours, host, {});
}

std::optional<neighbour_question> read_solicitation(bytes packet) {
    if (packet.size() < wire::ipv6_view::minimum + solicitation_size) return std::nullopt;
    wire::ipv6_view const ip(packet);
    auto message = packet.subspan(wire::ipv6_view::minimum);
    if (ip.version() != 6 || ip.payload_length() < solicitation_size ||
        ip.payload_length() > message.size())
        return std::nullopt;
    message = message.first(ip.payload_length());  // what follows is Ethernet's padding
    bool has_source = false;
    if (ip.next_header() != static_cast<std::uint8_t>(wire::protocol::icmp6) ||
        message[0] != solicitation_type || message[1] != std::byte{0} ||
        ip.hop_limit() != no_router_passed_it || checksum_of(ip, message) != 0 ||
        !read_options(message.subspan(solicitation_size), has_source))
        return std::nullopt;
    neighbour_question const asked{read_ipv6(message.subspan(8)), ip.source(), {}};
    if (asked.target.is_multicast()) return std::nullopt;
    if (asked.asker.is_unspecified() &&
        (has_source || ip.destination() != solicited_node_group(asked.target)))
        return std::nullopt;
    return asked;
}

advertisement advertisement_for(neighbour_question const& asked, ethernet_address const& ours) {
    if (asked.asker.is_unspecified()) return unsolicited_advertisement(asked.target, ours);
    return make_advertisement(asked.target, asked.asker, solicited | override_cached, ours);
}

advertisement unsolicited_advertisement(address const& host, ethernet_address const& ours) {
    return make_advertisement(host, all_nodes, override_cached, ours);
}

address solicited_node_group(address const& host) {
    return {0xff02'0000'0000'0000, 0x1'ff00'0000 | (host.low() & 0xff'ffff)};
}

}  // namespace tcpplexd
