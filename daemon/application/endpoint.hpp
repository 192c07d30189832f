// Endpoints of the stack in the words of applications.
#pragma once

#include "app/message/endpoint.hpp"
#include "stack/wire/endpoint.hpp"

namespace tcpplexd {

inline app::endpoint to_app(stack::endpoint const& from) {
    return {from.host.to_string(), from.port};
}

}  // namespace tcpplexd
