#include "stack/wire/ipv4.hpp"

#include "stack/wire/checksum.hpp"

namespace stack::wire {

void write(ipv4_header const& header, std::span<std::byte, ipv4_view::minimum> to) {
    std::byte* const at = to.data();
    at[0] = std::byte{0x45};
    at[1] = std::byte{0};
    write_16(at + 2, header.total_length);
    write_16(at + 4, header.identification);
    write_16(at + 6, header.dont_fragment ? 0x4000 : 0);
    at[8] = static_cast<std::byte>(header.ttl);
    at[9] = static_cast<std::byte>(header.payload);
    write_16(at + 10, 0);
    write_32(at + 12, header.source.to_v4());
    write_32(at + 16, header.destination.to_v4());
    checksum sum;
    sum.add(to);
    write_16(at + 10, sum.value());
}

void decrement_ttl(std::span<std::byte> bytes) {
    std::byte* const at = bytes.data();
    std::uint16_t const before = read_16(at + 8);
    auto const after = static_cast<std::uint16_t>(before - 0x100);
    write_16(at + 8, after);
    write_16(at + 10, adjusted_checksum(read_16(at + 10), before, after));
}

}  // namespace stack::wire
