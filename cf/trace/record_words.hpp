// A record as eight words, for traces in memory that several processes share.
#pragma once

#include "cf/trace/record.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace cf::trace {

// The words: the number; version and port; time; who did what; the flips in the first structure, of
// ports held, of ports served; the settings. Writers put them together directly, because every
// allocation and every release pays for a record.

inline constexpr std::size_t record_word_count = 8;
using record_words = std::array<std::uint64_t, record_word_count>;
/// The word with the record's number: the one that tells a whole record from a half-written one.
inline constexpr std::size_t number_word = 0;

/// Versions wrap at 2^48.
constexpr std::uint64_t version_word(std::uint64_t version, std::uint16_t port) {
    return version << 16U | port;
}

/// The word of who did what; built from left to right. Slots are stored plus 1, so 0 is none.
constexpr std::uint64_t who_word(std::uint32_t slot_plus_1, std::uint32_t incarnation) {
    return static_cast<std::uint64_t>(slot_plus_1) << 32U | incarnation;
}
constexpr std::uint64_t with_step(std::uint64_t who, step_kind step) {
    return who | static_cast<std::uint64_t>(step) << 40U;
}
constexpr std::uint64_t with_refusal(std::uint64_t who, error why) {
    return who | (static_cast<std::uint64_t>(why) + 1U) << 48U;
}
constexpr std::uint64_t with_subject(std::uint64_t who, std::uint32_t of_slot_plus_1) {
    return who | static_cast<std::uint64_t>(of_slot_plus_1) << 56U;
}
constexpr bool has_subject(std::uint64_t who) {
    return who >> 56U != 0;
}

constexpr std::uint64_t flips_word(flips const& bits) {
    return static_cast<std::uint64_t>(bits.set.first) |
           static_cast<std::uint64_t>(bits.set.count) << 16U |
           static_cast<std::uint64_t>(bits.cleared.first) << 32U |
           static_cast<std::uint64_t>(bits.cleared.count) << 48U;
}
constexpr flips flips_of(std::uint64_t word) {
    auto part = [word](unsigned shift) { return static_cast<std::uint16_t>(word >> shift); };
    return {.set = {part(0), part(16)}, .cleared = {part(32), part(48)}};
}

/// Nothing if the words cannot be a record: they may come from a damaged store.
std::optional<record> from_words(record_words const& words);

}  // namespace cf::trace
