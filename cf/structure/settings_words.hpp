// The settings of a DVIPA as two words, for backends that store words.
#pragma once

#include "cf/structure/holder.hpp"
#include "cf/structure/settings.hpp"

#include <cstdint>

namespace cf {

/// `main` decides; `set_by` is for messages. A crash between the two leaves the old or the new
/// decision, never a mixture.
struct settings_words {
    std::uint64_t set_by = 0;
    std::uint64_t main = 0;
};

constexpr settings_words to_words(dvipa_settings const& settings) {
    return {.set_by = static_cast<std::uint64_t>(settings.set_by_slot) |
                      static_cast<std::uint64_t>(settings.set_by_incarnation) << 32U,
            .main = static_cast<std::uint64_t>(settings.state) |
                    static_cast<std::uint64_t>(settings.form) << 8U |
                    static_cast<std::uint64_t>(settings.grain) << 16U |
                    static_cast<std::uint64_t>(settings.generation) << 32U};
}

/// Any words give settings: they may come from a damaged store.
constexpr dvipa_settings from_words(settings_words const& words) {
    return {.state = static_cast<sharing_state>(words.main & 3U),
            .form = static_cast<structure_form>(words.main >> 8U & 3U),
            .grain = static_cast<std::uint16_t>(words.main >> 16U & 0xffffU),
            .generation = static_cast<std::uint32_t>(words.main >> 32U),
            .set_by_slot = static_cast<std::uint8_t>(words.set_by % slot_count),
            .set_by_incarnation = static_cast<std::uint32_t>(words.set_by >> 32U)};
}

}  // namespace cf
