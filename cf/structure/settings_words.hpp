// The settings of a DVIPA as two words, for backends that store words.
#pragma once

#include "cf/structure/holder.hpp"
#include "cf/structure/settings.hpp"

#include <bit>
#include <cstdint>

namespace cf {

/// `main` decides; what else there is only matters once sharing is being switched on, and is
/// written before it. A crash between the two leaves the old or the new decision, never a mixture.
struct settings_words {
    std::uint64_t set_by = 0;
    std::uint64_t main = 0;
};

/// A grain is a power of two, kept as its exponent; 15 is none.
inline constexpr unsigned largest_grain_exponent = 10;
constexpr std::uint64_t exponent_of(std::uint16_t grain) {
    return grain == 0 ? 15U : static_cast<std::uint64_t>(std::countr_zero(grain));
}

constexpr settings_words to_words(dvipa_settings const& settings) {
    return {.set_by = static_cast<std::uint64_t>(settings.set_by_slot) |
                      static_cast<std::uint64_t>(settings.last_port) << 16U |
                      static_cast<std::uint64_t>(settings.set_by_incarnation) << 32U,
            .main = static_cast<std::uint64_t>(settings.state) |
                    static_cast<std::uint64_t>(settings.form) << 2U |
                    exponent_of(settings.grain) << 4U |
                    static_cast<std::uint64_t>(settings.first_port) << 16U |
                    static_cast<std::uint64_t>(settings.generation) << 32U};
}

/// Any words give settings, with a form or a grain (0) of no meaning at worst: they may come from a
/// damaged store.
constexpr dvipa_settings from_words(settings_words const& words) {
    auto exponent = static_cast<unsigned>(words.main >> 4U & 15U);
    return {.state = static_cast<sharing_state>(words.main & 3U),
            .form = static_cast<structure_form>(words.main >> 2U & 3U),
            .grain =
                static_cast<std::uint16_t>(exponent > largest_grain_exponent ? 0U : 1U << exponent),
            .generation = static_cast<std::uint32_t>(words.main >> 32U),
            .set_by_slot = static_cast<std::uint8_t>(words.set_by % slot_count),
            .set_by_incarnation = static_cast<std::uint32_t>(words.set_by >> 32U),
            .first_port = static_cast<std::uint16_t>(words.main >> 16U),
            .last_port = static_cast<std::uint16_t>(words.set_by >> 16U)};
}

}  // namespace cf
