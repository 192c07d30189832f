// The table of DVIPAs in the file: from an address to the place of its structures.
#pragma once

#include "cf/backend/shared_memory/layout.hpp"
#include "cf/dvipa.hpp"

#include <bit>
#include <cstddef>
#include <optional>
#include <vector>

namespace cf::shared_memory {

/// A place in the table. Not `published`: the address is not known, and this is where it would be.
struct table_place {
    std::size_t index = 0;
    bool published = false;
};

/// Open addressing; entries are only ever added. Needs no lock. Nothing: not known, and the table
/// is full.
inline std::optional<table_place> find_place(file_contents const& file, dvipa const& address) {
    auto [high, low] = std::bit_cast<std::array<std::uint64_t, 2>>(address.bytes);
    auto home = ((high ^ low * 0x9e3779b97f4a7c15U) * 0xff51afd7ed558ccdU) >> 40U;
    for (std::size_t step = 0; step < dvipa_count; ++step) {
        auto index = (home + step) % dvipa_count;
        auto const& key = file.keys[index];
        if (key.published.load(std::memory_order_acquire) != 1) return table_place{index, false};
        if (key.low.load(std::memory_order_relaxed) == low &&
            key.high.load(std::memory_order_relaxed) == high)
            return table_place{index, true};
    }
    return std::nullopt;
}

/// The place of a DVIPA that has structures.
inline std::optional<std::size_t> find(file_contents const& file, dvipa const& address) {
    auto place = find_place(file, address);
    if (!place || !place->published) return std::nullopt;
    return place->index;
}

/// Makes the entry visible, whose structures are ready. Under the table's lock.
void publish(file_contents& file, std::size_t index, dvipa const& address);

std::vector<dvipa> published(file_contents const& file);

}  // namespace cf::shared_memory
