#include "cf/trace/ring.hpp"

#include <algorithm>

namespace cf::trace {

namespace {

std::optional<record> read_one(ring const& from, std::uint64_t number) {
    auto const& place = from.records[number % ring_size];
    record_words words{};
    words[number_word] = place[number_word].load(std::memory_order_acquire);
    for (std::size_t i = 1; i < record_word_count; ++i)
        words[i] = place[i].load(std::memory_order_acquire);
    auto again = place[number_word].load(std::memory_order_relaxed);
    if (words[number_word] != number || again != number) return std::nullopt;
    return from_words(words);
}

}  // namespace

std::vector<record> read(ring const& from, std::size_t most) {
    auto last = from.count.load(std::memory_order_acquire);
    auto wanted = std::min<std::uint64_t>({most, ring_size, last});
    std::vector<record> found;
    found.reserve(wanted);
    for (auto number = last - wanted + 1; number <= last && number != 0; ++number)
        if (auto one = read_one(from, number)) found.push_back(*one);
    return found;
}

}  // namespace cf::trace
