// Endpoints of the stack in the words of applications.
#pragma once

#include "app/message/endpoint.hpp"
#include "stack/wire/endpoint.hpp"

namespace tcpplexd {

inline app::endpoint to_app(stack::endpoint const& from) {
    return {from.host.to_string(), from.port};
}

/// As a socket bound to `name` sees it: one of ::, which is for both families, knows IPv4 addresses
/// in their mapped form (RFC 3493 3.7).
inline app::endpoint to_app(stack::endpoint const& from, stack::address const& name) {
    bool const mapped = name == stack::address() && from.host.is_v4();
    return {(mapped ? "::ffff:" : "") + from.host.to_string(), from.port};
}

}  // namespace tcpplexd
