#include "stack/ip/fragment_check.hpp"

#include "stack/wire/ipv6.hpp"
#include "stack/wire/ipv6_extension.hpp"

namespace stack::ip {
namespace {

constexpr std::size_t largest = 65535;

std::size_t least_transport(wire::protocol protocol) {
    switch (protocol) {
        case wire::protocol::tcp:
            return 20;
        case wire::protocol::udp:
        case wire::protocol::icmp6:
            return 8;
        default:
            return 0;
    }
}

refusal bad(std::optional<problem> told = {}) {
    return {drop_reason::bad_fragment, told};
}

refusal check_v4(inbound const& part) {
    auto const& place = *part.fragment;
    if (place.more && part.payload.size() % 8 != 0) return bad();
    if (part.header_length() + place.offset + part.payload.size() > largest) return bad();
    if (part.protocol != wire::protocol::tcp) return {};
    bool const tiny =
        place.offset == 0 && part.payload.size() < least_transport(wire::protocol::tcp);
    bool const over_flags = place.offset == 8;
    return tiny || over_flags ? bad() : refusal{};
}

refusal check_v6(inbound const& part) {
    using kind = problem::kind;
    constexpr std::uint32_t payload_length_field = 4;
    constexpr std::uint32_t offset_field = 2;  // in the fragment header
    auto const& place = *part.fragment;
    if (place.more && part.payload.size() % 8 != 0)
        return bad(problem{kind::field, payload_length_field});
    std::size_t const headers =
        part.header_length() - wire::ipv6_view::minimum - wire::fragment_header_length;
    if (headers + place.offset + part.payload.size() > largest)
        return bad(
            problem{kind::field, static_cast<std::uint32_t>(part.header_length()) -
                                     static_cast<std::uint32_t>(wire::fragment_header_length) +
                                     offset_field});
    if (place.offset != 0) return {};
    auto const chain =
        wire::read_extensions_behind(part.packet, wire::read_extensions(part.packet));
    auto const transport = static_cast<wire::protocol>(chain.protocol);
    bool const whole = chain.fault != wire::chain_fault::truncated &&
                       chain.payload + least_transport(transport) <= part.packet.size();
    return whole ? refusal{} : bad(problem{kind::incomplete_chain, 0});
}

}  // namespace

refusal check_fragment(inbound const& part) {
    if (part.payload.empty()) return bad();
    return part.v4() ? check_v4(part) : check_v6(part);
}

}  // namespace stack::ip
