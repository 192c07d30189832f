#include "cf/trace/changes.hpp"

#include <algorithm>

namespace cf::trace {

namespace {

void count(ports& to, std::size_t word, std::uint64_t bits) {
    if (bits == 0) return;
    if (to.count == 0) to.first = port_of(word, std::countr_zero(bits));
    to.count = static_cast<std::uint16_t>(std::min(to.count + std::popcount(bits), 65535));
}

}  // namespace

void changes::add_more(std::uint64_t& to, std::size_t word, std::uint64_t flipped,
                       std::uint64_t after) {
    auto sum = flips_of(to);
    count(sum.set, word, flipped & after);
    count(sum.cleared, word, flipped & ~after);
    to = flips_word(sum);
}

}  // namespace cf::trace
