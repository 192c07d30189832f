// Which stack owns a DVIPA: packets for it arrive there.
#pragma once

#include "cf/structure/holder.hpp"

#include <cstdint>

namespace cf {

/// One incarnation of a stack, which may have ended; or nobody.
struct dvipa_owner {
    std::uint16_t slot = 0;
    std::uint32_t incarnation = 0;  ///< 0: nobody

    constexpr bool exists() const { return incarnation != 0; }
    friend constexpr bool operator==(dvipa_owner const&, dvipa_owner const&) = default;
};

/// As one word, for backends that store words.
constexpr std::uint64_t to_word(dvipa_owner const& owner) {
    return static_cast<std::uint64_t>(owner.incarnation) << 32U | owner.slot;
}
/// Any word gives an owner, one that has ended at worst: it may come from a damaged store.
constexpr dvipa_owner owner_from_word(std::uint64_t word) {
    return {.slot = static_cast<std::uint16_t>(word % slot_count),
            .incarnation = static_cast<std::uint32_t>(word >> 32U)};
}

}  // namespace cf
