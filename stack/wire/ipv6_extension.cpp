#include "stack/wire/ipv6_extension.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/wire/ipv6.hpp"
#include "stack/wire/protocol.hpp"

namespace stack::wire {
namespace {

std::size_t octet(std::span<std::byte const> packet, std::size_t at) {
    return std::to_integer<std::size_t>(packet[at]);
}

/// RFC 8200 4.2: what the two high bits of an unknown option's type ask for.
chain_fault wish_of(std::size_t option) {
    switch (option >> 6) {
        case 0:
            return chain_fault::none;
        case 1:
            return chain_fault::silent;
        default:  // 3 is 2, but not for multicast destinations: of those no packet gets here
            return chain_fault::unknown_option;
    }
}

/// Hop-by-hop or destination options of the header in [begin, end). None but padding is known here.
void read_options(std::span<std::byte const> packet, std::size_t begin, std::size_t end,
                  extension_chain& out) {
    constexpr std::size_t pad_1 = 0;
    constexpr std::size_t pad_n = 1;
    std::size_t at = begin + 2;
    while (at < end) {
        auto const option = octet(packet, at);
        if (option == pad_1) {
            ++at;
            continue;
        }
        if (at + 2 > end || at + 2 + octet(packet, at + 1) > end) {
            out.fault = chain_fault::erroneous_field;
            out.pointer = at;
            return;
        }
        if (option != pad_n) {
            out.fault = wish_of(option);
            out.pointer = at;
            if (out.fault != chain_fault::none) return;
        }
        at += 2 + octet(packet, at + 1);
    }
}

void read_routing(std::span<std::byte const> packet, std::size_t begin, extension_chain& out) {
    constexpr std::size_t type = 2;
    constexpr std::size_t segments_left = 3;
    if (octet(packet, begin + segments_left) == 0) return;  // RFC 8200 4.4: ignored
    out.fault = chain_fault::erroneous_field;
    out.pointer = begin + type;
}

bool is_extension(std::uint8_t next) {
    switch (static_cast<protocol>(next)) {
        case protocol::hop_by_hop:
        case protocol::routing:
        case protocol::fragment:
        case protocol::destination_options:
            return true;
        default:
            return false;
    }
}

/// Reads the header at out.payload and moves on behind it.
void read_one(std::span<std::byte const> packet, extension_chain& out) {
    std::size_t const begin = out.payload;
    auto const fail = [&](chain_fault fault) { out.fault = fault; };
    if (begin + fragment_header_length > packet.size()) return fail(chain_fault::truncated);
    auto const kind = static_cast<protocol>(out.protocol);
    // RFC 8200 4.1: only right behind the IPv6 header.
    if (kind == protocol::hop_by_hop && begin != ipv6_view::minimum)
        return fail(chain_fault::unknown_header);
    bool const fragment = kind == protocol::fragment;
    std::size_t const length =
        fragment ? fragment_header_length : (octet(packet, begin + 1) + 1) * 8;
    std::size_t const end = begin + length;
    if (end > packet.size()) return fail(chain_fault::truncated);
    if (end - ipv6_view::minimum > longest_chain) return fail(chain_fault::too_long);
    if (fragment) {
        std::uint16_t const field = load_be16(packet.data() + begin + 2);
        out.fragment = {load_be32(packet.data() + begin + 4), field & 0xfff8U, (field & 1U) != 0,
                        out.pointer};
    } else if (kind == protocol::routing) {
        read_routing(packet, begin, out);
    } else {
        read_options(packet, begin, end, out);
    }
    if (out.fault != chain_fault::none) return;
    out.protocol = static_cast<std::uint8_t>(packet[begin]);
    out.payload = end;
    out.pointer = begin;
}

void read_on(std::span<std::byte const> packet, extension_chain& out) {
    unsigned count = 0;
    while (is_extension(out.protocol)) {
        if (++count > most_extension_headers) {
            out.fault = chain_fault::too_long;
            return;
        }
        read_one(packet, out);
        if (out.fault != chain_fault::none || out.fragment) return;
    }
}

}  // namespace

extension_chain read_extensions(std::span<std::byte const> packet) {
    extension_chain out;
    out.pointer = ipv6_view::next_header_offset;
    out.protocol = ipv6_view(packet).next_header();
    out.payload = ipv6_view::minimum;
    read_on(packet, out);
    return out;
}

extension_chain read_extensions_behind(std::span<std::byte const> packet,
                                       extension_chain const& from) {
    extension_chain out = from;
    out.fragment.reset();
    read_on(packet, out);
    return out;
}

}  // namespace stack::wire
