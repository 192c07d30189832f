// Joins the fragments of messages, whatever order they come in.
#pragma once

#include "cf/xcf/secure/fragment.hpp"

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace cf::xcf {

/// Room for `places` messages at a time, taken once. There is no clock in it: a message that misses
/// a fragment goes when one that began `places` later needs its place, so loss costs no memory.
class joiner {
  public:
    static constexpr std::size_t places = 16;

    joiner();

    /// The whole message, if `part` was the last that it missed; it points into the joiner, or into
    /// `part`, and lasts until the next call.
    std::optional<std::span<std::byte const>> add(fragment const& part);

    /// Messages that never became whole and were given up.
    std::uint64_t incomplete() const { return incomplete_; }
    /// Fragments of messages given up before, that say something else than the others of their
    /// message, or that have come before.
    std::uint64_t stray() const { return stray_; }

  private:
    struct place {
        std::unique_ptr<std::byte[]> bytes;
        std::bitset<most_fragments> arrived;
        std::uint32_t message = 0;
        std::uint16_t count = 0;  ///< 0: none has been here
        std::uint16_t stride = 0;
        std::uint16_t missing = 0;
        std::size_t size = 0;  ///< known with the last fragment
    };
    /// Where the message of `part` is put together; nothing if it has no place any more.
    place* place_of(fragment const& part);

    std::array<place, places> places_;
    std::uint64_t incomplete_ = 0;
    std::uint64_t stray_ = 0;
};

}  // namespace cf::xcf
