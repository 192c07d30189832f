#include "stack/wire/checksum.hpp"

#include <cstring>

namespace stack::wire {
namespace {

/// One's complement addition: the carry comes back at the low end (RFC 1071 1).
std::uint64_t plus(std::uint64_t a, std::uint64_t b) {
    std::uint64_t const sum = a + b;
    return sum + (sum < a ? 1 : 0);
}

std::uint64_t tail(std::byte const* at, std::size_t count) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, count);
    return word;
}

std::uint16_t fold(std::uint64_t sum) {
    while (sum >> 16 != 0)
        sum = (sum & 0xffffU) + (sum >> 16);
    return static_cast<std::uint16_t>(sum);
}

}  // namespace

void checksum::add(std::span<std::byte const> piece) {
    std::uint64_t lanes[4]{};
    std::byte const* at = piece.data();
    std::size_t left = piece.size();
    for (; left >= 32; at += 32, left -= 32) {
        std::uint64_t words[4];
        std::memcpy(words, at, sizeof words);
        for (unsigned i = 0; i < 4; ++i)
            lanes[i] = plus(lanes[i], words[i]);
    }
    for (; left >= 8; at += 8, left -= 8)
        lanes[0] = plus(lanes[0], tail(at, 8));
    if (left != 0) lanes[1] = plus(lanes[1], tail(at, left));

    std::uint16_t sum = fold(plus(plus(lanes[0], lanes[1]), plus(lanes[2], lanes[3])));
    // A piece that starts at an odd offset counts with its bytes swapped.
    if (odd_) sum = swapped(sum);
    sum_ += sum;
    if (piece.size() % 2 != 0) odd_ = !odd_;
}

std::uint16_t checksum::folded() const {
    std::uint16_t const sum = fold(sum_);
    return std::endian::native == std::endian::little ? swapped(sum) : sum;
}

}  // namespace stack::wire
