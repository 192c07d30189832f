// The UDP header (RFC 768): a checked reading of untrusted bytes, and writing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace stack::wire {

inline constexpr std::size_t udp_header_length = 8;
inline constexpr std::size_t udp_checksum_offset = 6;

/// A view of the bytes it was made from.
struct udp_datagram {
    std::uint16_t source_port = 0;  ///< 0: the sender wants no answer
    std::uint16_t destination_port = 0;
    std::uint16_t checksum = 0;        ///< 0: none was made
    std::span<std::byte const> bytes;  ///< header and payload, as long as the header says

    std::span<std::byte const> payload() const { return bytes.subspan(udp_header_length); }
};

/// Nothing if there is no whole header, or if its length is below 8 or beyond `bytes`. What IP
/// carries behind that length is nobody's. The checksum is not looked at.
std::optional<udp_datagram> parse_udp(std::span<std::byte const> bytes);

/// A header as it goes on the wire, for `payload` bytes, at most 65,527; checksum zero.
std::array<std::byte, udp_header_length> udp_header_bytes(std::uint16_t source_port,
                                                          std::uint16_t destination_port,
                                                          std::size_t payload);

/// What stands in the field for a sum of `value`: a computed zero is sent as all ones (RFC 768).
constexpr std::uint16_t udp_checksum_field(std::uint16_t value) {
    return value == 0 ? std::uint16_t{0xffff} : value;
}

}  // namespace stack::wire
