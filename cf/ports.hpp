// A set of ports as the facility keeps it: 1024 words of 64 ports.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cf {

/// Words of 64 ports: the unit a view reads and writes. Port p is bit p % 64 of word p / 64.
inline constexpr std::size_t port_word_count = 1024;
using port_words = std::array<std::uint64_t, port_word_count>;

constexpr std::size_t word_of(std::uint16_t port) {
    return port / 64U;
}
constexpr std::uint64_t bit_of(std::uint16_t port) {
    return std::uint64_t{1} << (port % 64U);
}
constexpr std::uint16_t port_of(std::size_t word, int bit) {
    return static_cast<std::uint16_t>(word * 64U + static_cast<std::size_t>(bit));
}

constexpr bool contains(port_words const& set, std::uint16_t port) {
    return (set[word_of(port)] & bit_of(port)) != 0;
}
constexpr void insert(port_words& set, std::uint16_t port) {
    set[word_of(port)] |= bit_of(port);
}

}  // namespace cf
