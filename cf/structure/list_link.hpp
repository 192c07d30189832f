// The neighbours of a port in the list of free ports, which is the first structure of form LIST.
#pragma once

#include <cstdint>

namespace cf {

struct list_link {
    std::uint16_t previous = 0;
    std::uint16_t next = 0;

    constexpr std::uint32_t packed() const {
        return static_cast<std::uint32_t>(previous) << 16U | next;
    }
    static constexpr list_link unpacked(std::uint32_t word) {
        return {static_cast<std::uint16_t>(word >> 16U), static_cast<std::uint16_t>(word)};
    }
    friend constexpr bool operator==(list_link const&, list_link const&) = default;
};

}  // namespace cf
