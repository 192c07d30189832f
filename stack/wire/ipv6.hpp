// The IPv6 header (RFC 8200 3): a checked view, and a writer.
#pragma once

#include "stack/core/byte_order.hpp"
#include "stack/wire/address.hpp"
#include "stack/wire/protocol.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace stack::wire {

/// The MTU that every IPv6 link has at least (RFC 8200 5).
inline constexpr std::uint16_t ipv6_least_mtu = 1280;

/// A view of a header. The caller has at least `minimum` bytes, which is all of it.
class ipv6_view {
  public:
    static constexpr std::size_t minimum = 40;
    static constexpr std::size_t next_header_offset = 6;

    explicit constexpr ipv6_view(std::span<std::byte const> packet) : at_(packet.data()) {}

    constexpr unsigned version() const { return std::to_integer<unsigned>(at_[0]) >> 4; }
    constexpr std::uint8_t traffic_class() const {
        return static_cast<std::uint8_t>(load_be16(at_) >> 4);
    }
    /// RFC 3168 5.
    constexpr std::uint8_t ecn() const { return traffic_class() & 0x3U; }
    constexpr std::uint32_t flow_label() const { return load_be32(at_) & 0xfffffU; }
    /// Of what follows the header, extension headers included.
    constexpr std::uint16_t payload_length() const { return load_be16(at_ + 4); }
    constexpr std::uint8_t next_header() const {
        return std::to_integer<std::uint8_t>(at_[next_header_offset]);
    }
    constexpr std::uint8_t hop_limit() const { return std::to_integer<std::uint8_t>(at_[7]); }
    constexpr address source() const { return address_at(8); }
    constexpr address destination() const { return address_at(24); }

  private:
    constexpr address address_at(std::size_t offset) const {
        address::bytes_type bytes{};
        std::transform(at_ + offset, at_ + offset + bytes.size(), bytes.begin(),
                       [](std::byte b) { return std::to_integer<std::uint8_t>(b); });
        return address(bytes);
    }

    std::byte const* at_;
};

struct ipv6_header {
    std::uint8_t ecn = 0;          ///< RFC 3168 5
    std::uint32_t flow_label = 0;  ///< 20 bits
    std::uint16_t payload_length = 0;
    protocol next_header = protocol::tcp;
    std::uint8_t hop_limit = 64;
    address source;
    address destination;
};

/// Writes 40 bytes.
void write(ipv6_header const& header, std::span<std::byte, ipv6_view::minimum> to);

/// Takes one off the hop limit of the header in `bytes`, which is not 0.
void decrement_hop_limit(std::span<std::byte> bytes);

/// Sets CE in the header in `bytes` (RFC 3168 5).
void mark_v6_congested(std::span<std::byte> bytes);

}  // namespace stack::wire
