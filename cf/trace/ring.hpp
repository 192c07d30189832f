// The last records of one DVIPA, in memory that writers share and readers read without a lock.
#pragma once

#include "cf/trace/record_words.hpp"

#include <atomic>
#include <cstddef>
#include <vector>

namespace cf::trace {

inline constexpr std::size_t ring_size = 1024;

/// All zeros: an empty ring. Lies in shared memory, so its contents are untrusted input.
struct ring {
    std::atomic<std::uint64_t> count;  ///< records written since the ring was made
    std::array<std::uint64_t, record_word_count - 1> reserved;
    std::array<std::array<std::atomic<std::uint64_t>, record_word_count>, ring_size> records;
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
static_assert(sizeof(ring) == 64 * (ring_size + 1));

// Writing, by whoever has the DVIPA's lock. The three parts may be interrupted anywhere by kill -9:
// a record counts once its number is in place, whatever is in `count`; until then its place holds
// the number 0 and is skipped by readers and used again by the next writer. (Release stores,
// because the order must also hold on processors that reorder them.)

/// The number of the next record. Also finds a record whose writer died before it was counted.
inline std::uint64_t next_number(ring const& in) {
    auto number = in.count.load(std::memory_order_relaxed) + 1;
    auto const& place = in.records[number % ring_size];
    return place[number_word].load(std::memory_order_relaxed) == number ? number + 1 : number;
}
/// Everything but the number: `words` of record_words, in order.
template <class... Words>
    requires(sizeof...(Words) == record_word_count - 1)
[[gnu::always_inline]] inline void prepare(ring& in, std::uint64_t number, Words... words) {
    auto& place = in.records[number % ring_size];
    place[number_word].store(0, std::memory_order_relaxed);
    std::size_t at = number_word;
    (place[++at].store(words, std::memory_order_release), ...);
}
/// The record is whole: makes it visible.
inline void publish(ring& in, std::uint64_t number) {
    in.records[number % ring_size][number_word].store(number, std::memory_order_release);
    in.count.store(number, std::memory_order_release);
    __builtin_prefetch(&in.records[(number + 1) % ring_size], 1);
}

/// At most `most` of the newest records, oldest first. Without lock: a record that is being
/// overwritten meanwhile, or is half-written or damaged, is left out.
std::vector<record> read(ring const& from, std::size_t most);

}  // namespace cf::trace
