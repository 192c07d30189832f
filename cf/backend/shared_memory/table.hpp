// The table of DVIPAs in the file: from an address to the place of its structures.
#pragma once

#include "cf/backend/shared_memory/layout.hpp"
#include "cf/dvipa.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace cf::shared_memory {

/// Open addressing; entries are only ever added. Reading needs no lock.
std::optional<std::size_t> find(file_contents const& file, dvipa const& address);

/// Where a new entry for the address belongs, or nothing if the table is full. Under the table's
/// lock.
std::optional<std::size_t> place_for(file_contents const& file, dvipa const& address);

/// Makes the entry visible, whose structures are ready.
void publish(file_contents& file, std::size_t index, dvipa const& address);

std::vector<dvipa> published(file_contents const& file);

}  // namespace cf::shared_memory
