// Tells a facility's file from everything else.
#pragma once

#include "cf/backend/shared_memory/layout.hpp"

#include <string>

namespace cf::shared_memory {

/// The identity of a file created now on this machine, with tables of so many connections.
identity current_identity(std::uint32_t connections);
/// Makes the checksum fit the rest.
void seal(identity& id);

enum class verdict {
    ours,          ///< created since this machine was started
    earlier_boot,  ///< a facility's file, whose contents are worth nothing any more
    refused
};

struct inspection {
    verdict what = verdict::refused;
    std::string found;  ///< if refused: what is wrong with it
};

/// Judges the first bytes of a file and its size.
inspection inspect(identity const& found, std::uint64_t file_bytes, identity const& expected);

}  // namespace cf::shared_memory
