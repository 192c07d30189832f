// Ports that a stack holds as one block.
#pragma once

#include "cf/ports.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cf {

/// Some ports of one word.
struct word_ports {
    std::size_t word = 0;
    std::uint64_t ports = 0;

    friend constexpr bool operator==(word_ports const&, word_ports const&) = default;
};

/// What a stack got of one block: the ports that nobody used and that it may pick, by word.
using block_run = std::vector<word_ports>;

}  // namespace cf
