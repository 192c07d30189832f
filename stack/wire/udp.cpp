#include "stack/wire/udp.hpp"

#include "stack/core/byte_order.hpp"

namespace stack::wire {

std::optional<udp_datagram> parse_udp(std::span<std::byte const> bytes) {
    if (bytes.size() < udp_header_length) return std::nullopt;
    std::size_t const length = load_be16(bytes.data() + 4);
    // A length of 0 would be a jumbogram's (RFC 2675 4), which no link here carries.
    if (length < udp_header_length || length > bytes.size()) return std::nullopt;
    udp_datagram out;
    out.source_port = load_be16(bytes.data());
    out.destination_port = load_be16(bytes.data() + 2);
    out.checksum = load_be16(bytes.data() + udp_checksum_offset);
    out.bytes = bytes.first(length);
    return out;
}

std::array<std::byte, udp_header_length> udp_header_bytes(std::uint16_t source_port,
                                                          std::uint16_t destination_port,
                                                          std::size_t payload) {
    std::array<std::byte, udp_header_length> out{};
    store_be16(out.data(), source_port);
    store_be16(out.data() + 2, destination_port);
    store_be16(out.data() + 4, static_cast<std::uint16_t>(udp_header_length + payload));
    return out;
}

}  // namespace stack::wire
