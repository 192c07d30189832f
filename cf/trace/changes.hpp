// Collects which bits one update changes.
#pragma once

#include "cf/ports.hpp"
#include "cf/structure/holder.hpp"
#include "cf/trace/record_words.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>

namespace cf::trace {

/// What a view notes of each write, before it is made. Kept as the words of a record.
class changes {
  public:
    void first(std::size_t word, std::uint64_t before, std::uint64_t after) {
        add(first_, word, before, after);
    }
    void held(std::uint16_t slot, std::size_t word, std::uint64_t before, std::uint64_t after) {
        concerns(slot);
        add(held_, word, before, after);
    }
    void served(std::uint16_t slot, std::size_t word, std::uint64_t before, std::uint64_t after) {
        concerns(slot);
        add(served_, word, before, after);
    }
    /// Another part of that stack's second structure is written.
    void concerns(std::uint16_t slot) {
        auto stored = slot + 1U;
        of_slot_ = of_slot_ == 0 || of_slot_ == stored ? stored : slot_count + 1U;
    }

    std::uint64_t first_word() const { return first_; }
    std::uint64_t held_word() const { return held_; }
    std::uint64_t served_word() const { return served_; }
    /// As with_subject() takes it.
    std::uint32_t of_slot_plus_1() const { return of_slot_; }

  private:
    static void add(std::uint64_t& to, std::size_t word, std::uint64_t before,
                    std::uint64_t after) {
        auto flipped = before ^ after;
        // One bit, and the first: the rule. The rest is out of the way.
        if (to != 0 || (flipped & (flipped - 1)) != 0) return add_more(to, word, flipped, after);
        auto port = word * 64U + static_cast<unsigned>(std::countr_zero(flipped));
        auto one = std::uint64_t{1} << 16U | port;
        if (flipped != 0) to = (flipped & after) != 0 ? one : one << 32U;
    }
    static void add_more(std::uint64_t& to, std::size_t word, std::uint64_t flipped,
                         std::uint64_t after);

    std::uint64_t first_ = 0;
    std::uint64_t held_ = 0;
    std::uint64_t served_ = 0;
    std::uint32_t of_slot_ = 0;
};

}  // namespace cf::trace
