// The Internet checksum (RFC 1071).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace stack::wire {

/// A one's complement sum that grows piece by piece; pieces may have odd lengths (RFC 1071 2B).
class checksum {
  public:
    void add(std::span<std::byte const> piece);
    /// A 16-bit number in host order, as it would stand on the wire. Only at an even offset.
    void add_16(std::uint16_t value) {
        sum_ += std::endian::native == std::endian::little ? swapped(value) : value;
    }

    /// The folded sum in host order: what checksum offload wants in the field, for the
    /// pseudo-header.
    std::uint16_t folded() const;
    /// The value of a checksum field; over data that include a right checksum it is 0.
    std::uint16_t value() const { return static_cast<std::uint16_t>(~folded()); }

  private:
    static constexpr std::uint16_t swapped(std::uint16_t v) {
        return static_cast<std::uint16_t>(v << 8 | v >> 8);
    }

    std::uint64_t sum_ =
        0;  // of words in memory order; folded and swapped at the end (RFC 1071 2B)
    bool odd_ = false;
};

/// The checksum field after one 16-bit word of the data changed (RFC 1624 eqn. 3).
constexpr std::uint16_t adjusted_checksum(std::uint16_t field, std::uint16_t before,
                                          std::uint16_t after) {
    std::uint32_t sum = static_cast<std::uint16_t>(~field) +
                        std::uint32_t{static_cast<std::uint16_t>(~before)} + after;
    sum = (sum & 0xffffU) + (sum >> 16);
    sum = (sum & 0xffffU) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

}  // namespace stack::wire
