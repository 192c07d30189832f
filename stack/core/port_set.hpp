// A set of port numbers as 1024 words of 64 bits.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace stack {

/// 65,536 bits, bit p for port p. A plain value of 8 KiB, trivially copyable.
struct port_set {
    std::array<std::uint64_t, 1024> words{};

    constexpr bool contains(std::uint16_t port) const {
        return (words[port / 64U] >> (port % 64U) & 1U) != 0;
    }
    constexpr void insert(std::uint16_t port) {
        words[port / 64U] |= std::uint64_t{1} << (port % 64U);
    }
    constexpr void erase(std::uint16_t port) {
        words[port / 64U] &= ~(std::uint64_t{1} << (port % 64U));
    }
    constexpr std::size_t size() const {
        std::size_t count = 0;
        for (auto word : words)
            count += static_cast<std::size_t>(std::popcount(word));
        return count;
    }
    friend constexpr bool operator==(port_set const&, port_set const&) = default;
};

}  // namespace stack
