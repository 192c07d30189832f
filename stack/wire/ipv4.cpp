#include "stack/wire/ipv4.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/wire/checksum.hpp"

namespace stack::wire {

void write(ipv4_header const& header, std::span<std::byte, ipv4_view::minimum> to) {
    std::byte* const at = to.data();
    at[0] = std::byte{0x45};
    at[1] = static_cast<std::byte>(header.ecn);
    store_be16(at + 2, header.total_length);
    store_be16(at + 4, header.identification);
    store_be16(at + 6, header.dont_fragment ? 0x4000 : 0);
    at[8] = static_cast<std::byte>(header.ttl);
    at[9] = static_cast<std::byte>(header.payload);
    store_be16(at + 10, 0);
    store_be32(at + 12, header.source.to_v4());
    store_be32(at + 16, header.destination.to_v4());
    checksum sum;
    sum.add(to);
    store_be16(at + 10, sum.value());
}

void decrement_ttl(std::span<std::byte> bytes) {
    std::byte* const at = bytes.data();
    std::uint16_t const before = load_be16(at + 8);
    auto const after = static_cast<std::uint16_t>(before - 0x100);
    store_be16(at + 8, after);
    store_be16(at + 10, adjusted_checksum(load_be16(at + 10), before, after));
}

}  // namespace stack::wire
