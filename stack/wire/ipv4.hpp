// The IPv4 header (RFC 791 3.1): a checked view, and a writer.
#pragma once

#include "stack/core/byte_order.hpp"
#include "stack/wire/address.hpp"
#include "stack/wire/protocol.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace stack::wire {

/// A view of a header. The caller has at least `minimum` bytes; check() says whether the rest is
/// sound.
class ipv4_view {
  public:
    static constexpr std::size_t minimum = 20;

    explicit constexpr ipv4_view(std::span<std::byte const> packet) : at_(packet.data()) {}

    constexpr unsigned version() const { return std::to_integer<unsigned>(at_[0]) >> 4; }
    constexpr std::size_t header_length() const {
        return (std::to_integer<std::size_t>(at_[0]) & 0xfU) * 4;
    }
    /// RFC 3168 5.
    constexpr std::uint8_t ecn() const { return std::to_integer<std::uint8_t>(at_[1]) & 0x3U; }
    constexpr std::uint16_t total_length() const { return load_be16(at_ + 2); }
    constexpr std::uint16_t identification() const { return load_be16(at_ + 4); }
    constexpr bool dont_fragment() const { return (load_be16(at_ + 6) & 0x4000U) != 0; }
    constexpr bool is_fragment() const { return (load_be16(at_ + 6) & 0x3fffU) != 0; }
    constexpr bool more_fragments() const { return (load_be16(at_ + 6) & 0x2000U) != 0; }
    /// In bytes: 0..65,528.
    constexpr std::uint32_t fragment_offset() const { return (load_be16(at_ + 6) & 0x1fffU) * 8U; }
    constexpr std::uint8_t ttl() const { return std::to_integer<std::uint8_t>(at_[8]); }
    constexpr std::uint8_t protocol_number() const { return std::to_integer<std::uint8_t>(at_[9]); }
    constexpr std::uint16_t checksum_field() const { return load_be16(at_ + 10); }
    constexpr address source() const { return address::v4(load_be32(at_ + 12)); }
    constexpr address destination() const { return address::v4(load_be32(at_ + 16)); }

  private:
    std::byte const* at_;
};

/// What a header without options says; the checksum is computed on writing.
struct ipv4_header {
    std::uint8_t ecn = 0;  ///< RFC 3168 5
    std::uint16_t total_length = 0;
    std::uint16_t identification = 0;
    bool dont_fragment = true;
    std::uint8_t ttl = 64;
    protocol payload = protocol::tcp;
    address source;
    address destination;
};

/// Writes 20 bytes.
void write(ipv4_header const& header, std::span<std::byte, ipv4_view::minimum> to);

/// Makes a header with or without options, all of `header`, that of a fragment: the packet's
/// length, the offset of its payload (a multiple of 8) and whether more follow. The checksum is
/// right again.
void set_fragment(std::span<std::byte> header, std::size_t total_length, std::uint32_t offset,
                  bool more);

/// Takes one off the TTL of the header in `bytes` and adjusts its checksum (RFC 1812 5.3.1).
void decrement_ttl(std::span<std::byte> bytes);

/// Sets CE in the header in `bytes` and adjusts its checksum (RFC 3168 5).
void mark_v4_congested(std::span<std::byte> bytes);

}  // namespace stack::wire
