// What a stack uses of a DVIPA already when sharing is switched on.
#pragma once

#include "cf/ports.hpp"
#include "cf/structure/table_entry.hpp"

#include <vector>

namespace cf {

struct adoption {
    struct connection {
        table_entry entry;
        bool inbound = false;  ///< to a service port
    };
    port_words bound{};                     ///< ports of sockets that are bound, connected or not
    port_words services{};                  ///< ports that listeners, or connections they took, use
    std::vector<connection> connections{};  ///< in any state up to the end of TIME-WAIT
};

}  // namespace cf
