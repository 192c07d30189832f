// The stack's part in the pool of EXPLICITBINDPORTRANGE, and what it asks the facility for.
#include "daemon/change/translate.hpp"
#include "daemon/node/node.hpp"
#include "stack/socket/port_source.hpp"

namespace tcpplexd {

/// Once for each time that a profile or OBEYFILE names it.
void node::note_explicit_bind() {
    auto const& global = configuration_.global;
    auto const named = global.explicit_bind_ports
                           ? std::optional(std::pair(*global.explicit_bind_ports,
                                                     global.explicit_bind_specified.count))
                           : std::nullopt;
    if (named && named != explicit_bind_named_)
        bind_range_.specify(named->first.first, named->first.last, now_in_ms());
    explicit_bind_named_ = named;
}

void node::hear_explicit_bind() {
    for (auto const& each : group_->members())
        bind_range_.hear(each.definitions.explicit_bind);
}

stack::explicit_bind_settings node::explicit_bind(parser::configuration const& from) const {
    stack::explicit_bind_settings result;
    result.takes_part = from.global.explicit_bind_ports.has_value();
    if (auto const& range = bind_range_.get()) {
        result.first = range->first;
        result.last = range->last;
    }
    return result;
}

std::optional<cf::sharing_request> node::sharing_wanted(stack::address const& dvipa,
                                                        parser::configuration const& from) const {
    if (dvipa == stack::explicit_bind_pool)
        return from.global.explicit_bind_ports
                   ? std::optional(explicit_bind_request(facility_->is_remote()))
                   : std::nullopt;
    auto const wanted = from.sharing(to_parser(dvipa));
    return wanted ? std::optional(sharing_request_of(*wanted, from)) : std::nullopt;
}

}  // namespace tcpplexd
