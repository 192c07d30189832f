// Who takes connections to an endpoint, and those on their way to him.
#pragma once

#include "stack/core/index_list.hpp"
#include "stack/tcp/half_open.hpp"
#include "stack/tcp/handshake.hpp"
#include "stack/tcp/option/options.hpp"
#include "stack/tcp/service_counts.hpp"
#include "stack/wire/bound_name.hpp"

#include <cstdint>

namespace stack::tcp {

struct listener {
    bound_name name;
    std::uint16_t backlog = 1;   ///< of each list below
    connection_options options;  ///< of each connection it takes
    std::uint32_t tag = 0;
    std::uint32_t number = 0;
    index_list<half_open, &half_open::queue> opening;
    index_list<handshake, &handshake::backlog> waiting;
    service_counts served;  ///< but for those waiting
    index_links sharers;  ///< the ring of the listeners on its endpoint; alone, it is its own next

    /// Nothing can be added: what has been opened is not accepted.
    bool is_full() const { return waiting.size() >= backlog; }

    service_counts counts() const {
        service_counts now = served;
        now.waiting = static_cast<std::uint32_t>(waiting.size());
        now.backlog = backlog;
        return now;
    }
};

}  // namespace stack::tcp
