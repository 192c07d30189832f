#include "stack/dvipa/tunnels.hpp"

#include "stack/ip/encapsulation.hpp"
#include "stack/ip/fragmentation.hpp"
#include "stack/wire/ipv6.hpp"

#include <algorithm>
#include <array>

namespace stack::dvipa {
namespace {

constexpr std::size_t longest_overhead = 40;

/// What an inner packet may be long, of IPv6 never less than what every link takes (RFC 2473 7.1):
/// such a packet is cut outside.
std::uint16_t inner_mtu(std::uint16_t mtu, bool v4) {
    auto const overhead = static_cast<std::uint16_t>(ip::encapsulation_overhead(v4));
    auto const rest = static_cast<std::uint16_t>(mtu - std::min(mtu, overhead));
    return v4 ? rest : std::max(rest, wire::ipv6_least_mtu);
}

}  // namespace

tunnel_settings const* tunnels::find(member_id to, bool v4) const {
    auto const& all = topology_.settings().tunnels;
    auto const found = std::find_if(all.begin(), all.end(), [&](tunnel_settings const& each) {
        return each.to == to && each.via.is_v4() == v4;
    });
    return found == all.end() ? nullptr : &*found;
}

void tunnels::send(member_id to, ip::inbound const& packet, instant now) {
    counts_.add(ip::counter::segments_forwarded);
    auto const* const tunnel = find(to, packet.v4());
    if (tunnel == nullptr) {
        fragments whole;
        whole.push_back(packet.packet);
        return world_.forward(to, whole, packet.meta);
    }
    auto const way = topology_.find_route({}, tunnel->via);
    auto const source =
        way ? topology_.address_for(way->interface, packet.v4()) : std::optional<address>();
    if (!source) return counts_.drop(ip::drop_reason::tunnel_without_route);
    passage const through{*way, *source, tunnel->via, mtu_to(tunnel->via, way->mtu, now)};
    std::size_t const longest = ip::wire_size(packet);
    bool const fits = longest + ip::encapsulation_overhead(packet.v4()) <= through.mtu;
    bool const is_cut_outside =
        ip::may_be_cut(packet) || (!packet.v4() && longest <= wire::ipv6_least_mtu);
    if (!fits && !is_cut_outside) return refuse(through, packet, now);
    pass(through, packet);
}

std::uint16_t tunnels::mtu_to(address const& via, std::uint16_t first_hop, instant now) const {
    auto const known = std::find_if(narrow_.begin(), narrow_.end(), [&](narrow_path const& each) {
        return each.via == via && each.until > now;
    });
    return known == narrow_.end() ? first_hop : std::min(first_hop, known->mtu);
}

void tunnels::pass(passage const& through, ip::inbound const& packet) {
    bool const dont_fragment = !ip::may_be_cut(packet);
    fragments whole;
    whole.push_back(packet.packet);
    segmenter_.split(whole, packet.meta,
                     [&](fragments const& segment) { wrap(through, segment, dont_fragment); });
}

void tunnels::wrap(passage const& through, fragments const& segment, bool dont_fragment) {
    bool const v4 = through.source.is_v4();
    std::uint32_t const number = identification_.next(through.source, through.via);
    ip::tunnel_header outer;
    outer.source = through.source;
    outer.destination = through.via;
    outer.ttl = topology_.settings().ip_for(through.via).ttl;
    outer.identification = static_cast<std::uint16_t>(number);
    outer.dont_fragment = dont_fragment;
    std::array<std::byte, longest_overhead> room;
    auto const header = ip::encapsulate(outer, *segment.begin(), segment.bytes(), room);
    counts_.add(ip::counter::tunnelled_out);
    if (header.size() + segment.bytes() <= through.mtu) {
        fragments packet;
        packet.push_back(header);
        for (auto const piece : segment)
            packet.push_back(piece);
        return world_.transmit(through.way.interface, packet, {});
    }
    // The rest of the header of GRE is payload to those who cut.
    auto const ip_length = header.size() - (v4 ? ip::gre_length : 0);
    fragments payload;
    payload.push_back(header.subspan(ip_length));
    for (auto const piece : segment)
        payload.push_back(piece);
    auto const take = [&](fragments const& piece) {
        counts_.add(ip::counter::fragments_out);
        world_.transmit(through.way.interface, piece, {});
    };
    if (v4)
        ip::cut_v4(header.first(ip_length), payload, through.mtu, take);
    else
        ip::cut_v6(header.first(ip_length), number, payload, through.mtu, take);
}

/// RFC 2784 has no word on it; as RFC 2003 5.1 and RFC 2473 7.1.
void tunnels::refuse(passage const& through, ip::inbound const& packet, instant now) {
    counts_.drop(ip::drop_reason::too_big);
    errors_.report(packet, through.source,
                   {ip::problem::kind::too_big, inner_mtu(through.mtu, packet.v4())}, now);
}

void tunnels::failed(ip::quoted_segment const& quoted, instant now) {
    auto const& all = topology_.settings().tunnels;
    auto const& via = quoted.tuple.remote.host;
    bool const is_tunnel =
        std::any_of(all.begin(), all.end(), [&](auto const& each) { return each.via == via; });
    if (!is_tunnel || quoted.unreachable) return counts_.drop(ip::drop_reason::icmp_unmatched);
    std::erase_if(narrow_, [&](narrow_path const& each) {
        return each.until <= now || (each.via == via && each.mtu >= quoted.mtu);
    });
    narrow_.push_back({via, ip::usable_mtu(quoted.mtu, via.is_v4()), now + memory});
}

}  // namespace stack::dvipa
