// The SYSPLEXPORTS keyword: whether stacks share the source ports of a DVIPA, and by what form of
// structure.
#pragma once

#include <cstdint>
#include <optional>

namespace parser {

/// The form of the coupling facility's first structure for a DVIPA.
enum class sharing_form : std::uint8_t { bitmap, list, hashtable };

/// SYSPLEXPORTS [BITMAP|LIST|HASHTABLE] [GRAIN n].
struct port_sharing {
    sharing_form form = sharing_form::bitmap;
    std::uint16_t grain = 1;  ///< ports handed out at once: 1, 64, 128, 256, 512 or 1024

    friend bool operator==(port_sharing const&, port_sharing const&) = default;
};

char const* to_string(sharing_form form);

}  // namespace parser
