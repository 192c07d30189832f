#include "stack/wire/ipv4.hpp"

#include "stack/core/byte_order.hpp"
#include "stack/wire/checksum.hpp"
#include "stack/wire/ecn.hpp"

namespace stack::wire {
namespace {

void seal(std::span<std::byte> header) {
    store_be16(header.data() + 10, 0);
    checksum sum;
    sum.add(header);
    store_be16(header.data() + 10, sum.value());
}

}  // namespace

void write(ipv4_header const& header, std::span<std::byte, ipv4_view::minimum> to) {
    std::byte* const at = to.data();
    at[0] = std::byte{0x45};
    at[1] = static_cast<std::byte>(header.ecn);
    store_be16(at + 2, header.total_length);
    store_be16(at + 4, header.identification);
    store_be16(at + 6, header.dont_fragment ? 0x4000 : 0);
    at[8] = static_cast<std::byte>(header.ttl);
    at[9] = static_cast<std::byte>(header.payload);
    store_be32(at + 12, header.source.to_v4());
    store_be32(at + 16, header.destination.to_v4());
    seal(to);
}

void set_fragment(std::span<std::byte> header, std::size_t total_length, std::uint32_t offset,
                  bool more) {
    store_be16(header.data() + 2, static_cast<std::uint16_t>(total_length));
    store_be16(header.data() + 6, static_cast<std::uint16_t>(offset / 8 | (more ? 0x2000U : 0U)));
    seal(header);
}

void decrement_ttl(std::span<std::byte> bytes) {
    std::byte* const at = bytes.data();
    std::uint16_t const before = load_be16(at + 8);
    auto const after = static_cast<std::uint16_t>(before - 0x100);
    store_be16(at + 8, after);
    store_be16(at + 10, adjusted_checksum(load_be16(at + 10), before, after));
}

void mark_v4_congested(std::span<std::byte> bytes) {
    std::byte* const at = bytes.data();
    std::uint16_t const before = load_be16(at);
    auto const after = static_cast<std::uint16_t>(before | ecn_congested);
    store_be16(at, after);
    store_be16(at + 10, adjusted_checksum(load_be16(at + 10), before, after));
}

}  // namespace stack::wire
