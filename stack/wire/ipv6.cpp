#include "stack/wire/ipv6.hpp"

#include "stack/wire/ecn.hpp"

#include <cstring>

namespace stack::wire {

void write(ipv6_header const& header, std::span<std::byte, ipv6_view::minimum> to) {
    std::byte* const at = to.data();
    store_be32(at, 6U << 28 | std::uint32_t{header.ecn} << 20 | header.flow_label);
    store_be16(at + 4, header.payload_length);
    at[ipv6_view::next_header_offset] = static_cast<std::byte>(header.next_header);
    at[7] = static_cast<std::byte>(header.hop_limit);
    std::memcpy(at + 8, header.source.bytes().data(), 16);
    std::memcpy(at + 24, header.destination.bytes().data(), 16);
}

void decrement_hop_limit(std::span<std::byte> bytes) {
    auto const before = std::to_integer<unsigned>(bytes[7]);
    bytes[7] = static_cast<std::byte>(before - 1);
}

void mark_v6_congested(std::span<std::byte> bytes) {
    bytes[1] |= static_cast<std::byte>(ecn_congested << 4);
}

}  // namespace stack::wire
