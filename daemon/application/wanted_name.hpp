// What an application asks the stack for.
#pragma once

#include "stack/wire/endpoint.hpp"

#include <cstdint>
#include <string>

namespace tcpplexd {

/// The name that a socket is to have; port 0: any.
struct wanted_name {
    enum class use : std::uint8_t { connect, listen, datagrams };
    std::string job;
    stack::endpoint local;
    use what = use::connect;

    bool is_tcp() const { return what != use::datagrams; }
};

}  // namespace tcpplexd
