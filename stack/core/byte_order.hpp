// Numbers in network byte order, read from and written to bytes at any alignment.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace stack {

constexpr std::uint16_t load_be16(std::byte const* from) {
    return static_cast<std::uint16_t>(std::to_integer<unsigned>(from[0]) << 8 |
                                      std::to_integer<unsigned>(from[1]));
}
constexpr std::uint32_t load_be32(std::byte const* from) {
    return static_cast<std::uint32_t>(load_be16(from)) << 16 | load_be16(from + 2);
}
constexpr void store_be16(std::byte* to, std::uint16_t value) {
    to[0] = static_cast<std::byte>(value >> 8);
    to[1] = static_cast<std::byte>(value & 0xffU);
}
constexpr void store_be32(std::byte* to, std::uint32_t value) {
    store_be16(to, static_cast<std::uint16_t>(value >> 16));
    store_be16(to + 2, static_cast<std::uint16_t>(value & 0xffffU));
}

/// A number whose bytes lie in network order, as one of the processor's order, and the reverse.
constexpr std::uint64_t swap_if_little_endian(std::uint64_t number) {
    return std::endian::native == std::endian::little ? __builtin_bswap64(number) : number;
}

}  // namespace stack
