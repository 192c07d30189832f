// Next-fit over ports: where a search begins, and how far the cursor goes on after it.
#pragma once

#include "cf/ports.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace cf::step {

/// Calls visit(word, ports) for each word from the cursor's on, round to the ports before it, with
/// the ports that come into question: all but port 0 and `excluded`. Ends when visit returns false.
template <class Visit>
[[gnu::always_inline]] inline void for_each_word_from(std::uint16_t cursor,
                                                      port_words const& excluded, Visit&& visit) {
    auto const start = word_of(cursor);
    auto const from_cursor = ~std::uint64_t{0} << (cursor % 64U);
    // The word of the cursor is seen twice: first its ports from the cursor on, at the end those
    // before it.
    for (std::size_t step = 0; step <= port_word_count; ++step) {
        auto const word = (start + step) % port_word_count;
        auto ports = ~excluded[word];
        if (step == 0) ports &= from_cursor;
        if (step == port_word_count) ports &= ~from_cursor;
        if (word == 0) ports &= ~std::uint64_t{1};
        if (ports != 0 && !visit(word, ports)) return;
    }
}

/// Calls visit(port) for each of these ports that candidates(word) has, until it returns false.
template <class Candidates, class Visit>
void for_each_port_from(std::uint16_t cursor, port_words const& excluded, Candidates&& candidates,
                        Visit&& visit) {
    for_each_word_from(cursor, excluded, [&](std::size_t word, std::uint64_t ports) {
        for (ports &= candidates(word); ports != 0; ports &= ports - 1)
            if (!visit(port_of(word, std::countr_zero(ports)))) return false;
        return true;
    });
}

template <class Visit>
void for_each_port_from(std::uint16_t cursor, port_words const& excluded, Visit&& visit) {
    for_each_port_from(
        cursor, excluded, [](std::size_t) { return ~std::uint64_t{0}; },
        static_cast<Visit&&>(visit));
}

/// The longest jump of the cursor: a guesser of the next port has this many candidates, and a round
/// of the whole port space still takes some 14,000 allocations. (RFC 6056 3.3.5 proposes 500, with
/// a round of 260.)
inline constexpr std::uint64_t longest_jump = 8;

/// Where the search after this port begins. A jump out of the range would wrap and give the ports
/// at its begin too often; a small range is walked port by port.
constexpr std::uint16_t advance(std::uint16_t port, port_words const& excluded,
                                std::uint64_t random) {
    auto const target = port + 1U + random % longest_jump;
    bool const inside = target < 65536 && !contains(excluded, static_cast<std::uint16_t>(target));
    return static_cast<std::uint16_t>(inside ? target : port + 1U);
}

}  // namespace cf::step
