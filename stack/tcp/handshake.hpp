// What is known of a connection only until its user has it.
#pragma once

#include "stack/core/index_list.hpp"
#include "stack/core/time.hpp"

#include <cstdint>

namespace stack::tcp {

/// There until the connection is established or, if a listener took it, accepted.
struct handshake {
    instant sent;  ///< our SYN left
    std::uint32_t connection = slab<handshake>::none;
    std::uint32_t listener = slab<handshake>::none;  ///< in whose backlog it waits
    index_links backlog;                             ///< of the listener
};

}  // namespace stack::tcp
