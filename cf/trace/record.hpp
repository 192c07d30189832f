// One operation on the structures of a DVIPA, as the facility's trace keeps it.
#pragma once

#include "cf/failure.hpp"
#include "cf/structure/settings.hpp"
#include "cf/structure/step_kind.hpp"

#include <cstdint>
#include <optional>

namespace cf::trace {

/// Ports whose bits an update changed in one direction: exact if it is one port, else the first
/// changed and how many (65535: that many or more).
struct ports {
    std::uint16_t first = 0;
    std::uint16_t count = 0;

    friend constexpr bool operator==(ports const&, ports const&) = default;
};

/// Bits of one kind that went from 0 to 1, and from 1 to 0.
struct flips {
    ports set{};
    ports cleared{};

    friend constexpr bool operator==(flips const&, flips const&) = default;
};

/// In record::slot: whoever wrote was not a member yet. In record::of_slot: nobody's second
/// structure was written.
inline constexpr std::uint8_t no_slot = 0xff;
/// In record::of_slot: second structures of more than one stack were written.
inline constexpr std::uint8_t several_slots = 0xfe;

/// Replayed in the order of their numbers, the records of a DVIPA tell each bit's story: a bit that
/// is set was clear in the version before. What a stack that died in an update had written is
/// missing; the record of its repair follows.
struct record {
    std::uint64_t number = 0;   ///< from 1, without gaps: every operation that wrote or was refused
    std::uint64_t version = 0;  ///< of the structures, after it: one more if it wrote
    std::uint64_t when = 0;     ///< trace::now(): ns, no finer than a clock tick
    std::uint8_t slot = no_slot;  ///< who did it
    std::uint32_t incarnation = 0;
    step_kind what = step_kind::display;
    std::optional<error> refused{};  ///< why nothing was done
    std::uint16_t port = 0;          ///< the port asked for by number, or 0
    /// Whose second structure was written: the writer's own, or that of the stack whose ports it
    /// gives back. For a repair: the stack that died in the lock.
    std::uint8_t of_slot = no_slot;
    flips first{};              ///< in the first structure
    flips held{};               ///< in the second structure: source ports
    flips served{};             ///< in the second structure: service ports
    dvipa_settings settings{};  ///< after it; who set them is not kept

    friend constexpr bool operator==(record const&, record const&) = default;
};

}  // namespace cf::trace
