#include "cf/trace/record_words.hpp"

#include "cf/structure/holder.hpp"
#include "cf/structure/settings_words.hpp"

namespace cf::trace {

namespace {

constexpr auto last_error = error::disagree;

constexpr std::uint8_t byte_at(std::uint64_t word, unsigned shift) {
    return static_cast<std::uint8_t>(word >> shift);
}

// Stored plus 1. Beyond the slots: whoever wrote had none, or several were written.
constexpr std::uint8_t slot_of(std::uint8_t stored, std::uint8_t beyond) {
    if (stored == 0) return no_slot;
    return stored <= slot_count ? static_cast<std::uint8_t>(stored - 1) : beyond;
}

}  // namespace

std::optional<record> from_words(record_words const& words) {
    auto who = words[3];
    auto step = byte_at(who, 40), refused = byte_at(who, 48);
    if (step >= step_kind_count || refused > static_cast<int>(last_error) + 1) return std::nullopt;
    record result{.number = words[number_word],
                  .version = words[1] >> 16U,
                  .when = words[2],
                  .slot = slot_of(byte_at(who, 32), no_slot),
                  .incarnation = static_cast<std::uint32_t>(who),
                  .what = static_cast<step_kind>(step),
                  .port = static_cast<std::uint16_t>(words[1]),
                  .of_slot = slot_of(byte_at(who, 56), several_slots),
                  .first = flips_of(words[4]),
                  .held = flips_of(words[5]),
                  .served = flips_of(words[6]),
                  .settings = cf::from_words({.main = words[7]})};
    if (refused != 0) result.refused = static_cast<error>(refused - 1);
    return result;
}

}  // namespace cf::trace
