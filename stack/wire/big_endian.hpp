// Numbers in network byte order, read from and written to bytes.
#pragma once

#include <cstddef>
#include <cstdint>

namespace stack::wire {

/// The caller has checked that the bytes are there.
constexpr std::uint16_t read_16(std::byte const* at) {
    return static_cast<std::uint16_t>(std::to_integer<unsigned>(at[0]) << 8 | std::to_integer<unsigned>(at[1]));
}
constexpr std::uint32_t read_32(std::byte const* at) {
    return static_cast<std::uint32_t>(read_16(at)) << 16 | read_16(at + 2);
}
constexpr void write_16(std::byte* at, std::uint16_t value) {
    at[0] = static_cast<std::byte>(value >> 8);
    at[1] = static_cast<std::byte>(value);
}
constexpr void write_32(std::byte* at, std::uint32_t value) {
    write_16(at, static_cast<std::uint16_t>(value >> 16));
    write_16(at + 2, static_cast<std::uint16_t>(value));
}

}  // namespace stack::wire
