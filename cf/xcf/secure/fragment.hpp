// A message, that is a packet with its header, cut into pieces that fit into datagrams.
//
//     | message 4 | index 2 | count 2 | stride 2 | bytes ... |
#pragma once

#include "cf/xcf/frame.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cf::xcf {

inline constexpr std::size_t fragment_prefix = 10;
/// Fits a path of 576 bytes, IPv4's smallest, with all that is before and behind it.
inline constexpr std::size_t smallest_stride = 480;
inline constexpr std::size_t most_fragments = (max_frame + smallest_stride - 1) / smallest_stride;

/// Piece `index` of `count`. All have `stride` bytes but the last, which may have fewer.
struct fragment {
    std::uint32_t message = 0;  ///< counts the sender's messages of more than one fragment
    std::uint16_t index = 0;
    std::uint16_t count = 0;
    std::uint16_t stride = 0;
    std::span<std::byte const> bytes;

    std::size_t offset() const { return std::size_t{index} * stride; }
    bool is_last() const { return index + 1 == count; }
};

/// Nothing if the fields contradict each other or the size, or the message would be too long.
std::optional<fragment> decode_fragment(std::span<std::byte const> bytes);
/// What stands before the bytes.
std::array<std::byte, fragment_prefix> encode_prefix(fragment const& what);

}  // namespace cf::xcf
