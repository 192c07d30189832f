#include "cf/step/allocate.hpp"

#include "cf/step/permission.hpp"

#include <bit>
#include <optional>

namespace cf::step {

namespace {

// The longest jump of the cursor: a guesser of the next port has this many candidates, and a round
// of the whole port space still takes some 14,000 allocations. (RFC 6056 3.3.5 proposes 500, with a
// round of 260.)
constexpr std::uint64_t longest_jump = 8;

std::optional<std::uint16_t> next_free(view& structures, port_words const& excluded,
                                       std::uint16_t cursor) {
    auto start = word_of(cursor);
    auto from_cursor = ~std::uint64_t{0} << (cursor % 64U);
    // The word of the cursor is seen twice: first its ports from the cursor on, at the end those
    // before it.
    for (std::size_t step = 0; step <= port_word_count; ++step) {
        auto word = (start + step) % port_word_count;
        auto candidates = ~excluded[word];
        if (candidates == 0) continue;
        if (step == 0) candidates &= from_cursor;
        if (step == port_word_count) candidates &= ~from_cursor;
        if (word == 0) candidates &= ~std::uint64_t{1};
        candidates &= ~structures.first(word);
        if (candidates != 0) return port_of(word, std::countr_zero(candidates));
    }
    return std::nullopt;
}

// A jump out of the range would wrap and give the ports at its begin too often; a small range is
// walked port by port.
std::uint16_t advance(std::uint16_t port, port_words const& excluded, std::uint64_t random) {
    auto target = port + 1U + random % longest_jump;
    bool inside = target < 65536 && !contains(excluded, static_cast<std::uint16_t>(target));
    return static_cast<std::uint16_t>(inside ? target : port + 1U);
}

}  // namespace

outcome<std::uint16_t> allocate(view& structures, std::uint16_t me, port_words const& excluded,
                                std::uint64_t random) {
    if (auto permission = may_take(structures, me); !permission) return permission.error();
    auto port = next_free(structures, excluded, structures.cursor());
    if (!port) return error::exhausted;

    auto word = word_of(*port);
    structures.set_held(me, word, structures.held(me, word) | bit_of(*port));
    structures.set_holder(*port, static_cast<holder_code>(me));
    structures.set_first(word, structures.first(word) | bit_of(*port));
    structures.set_cursor(advance(*port, excluded, random));
    return *port;
}

}  // namespace cf::step
