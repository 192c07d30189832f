// IPv6 packets with extension headers, for tests.
#pragma once

#include "packet_builder.hpp"
#include "stack/wire/ipv6_extension.hpp"

#include <initializer_list>
#include <vector>

namespace stack::testing {

/// An extension header without its first octet, Next Header.
struct header {
    wire::protocol kind;
    bytes body;
};

inline bytes octets(std::initializer_list<unsigned> values) {
    bytes out;
    for (auto value : values)
        out.push_back(static_cast<std::byte>(value));
    return out;
}

/// `list` are options, 6 or 14 or ... octets.
inline header options(wire::protocol kind, std::initializer_list<unsigned> list) {
    bytes body{static_cast<std::byte>((list.size() + 2) / 8 - 1)};
    auto const values = octets(list);
    body.insert(body.end(), values.begin(), values.end());
    return {kind, body};
}
inline header routing(unsigned type, unsigned segments_left) {
    return {wire::protocol::routing, octets({0, type, segments_left, 0, 0, 0, 0})};
}
inline header fragment(std::uint32_t identification, std::uint32_t offset, bool more) {
    bytes body(7);
    store_be16(body.data() + 1, static_cast<std::uint16_t>(offset | (more ? 1U : 0U)));
    store_be32(body.data() + 3, identification);
    return {wire::protocol::fragment, body};
}
inline header atomic_fragment() {
    return fragment(1, 0, false);
}

inline bytes ipv6_with(address const& from, address const& to, std::vector<header> const& headers,
                       wire::protocol protocol, std::span<std::byte const> payload) {
    bytes body;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        bool const last = i + 1 == headers.size();
        body.push_back(static_cast<std::byte>(last ? protocol : headers[i + 1].kind));
        body.insert(body.end(), headers[i].body.begin(), headers[i].body.end());
    }
    body.insert(body.end(), payload.begin(), payload.end());
    return ipv6(headers.empty() ? protocol : headers[0].kind, from, to, body);
}

}  // namespace stack::testing
