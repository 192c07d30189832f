// What tcpplex listen was asked to do.
#pragma once

#include "app/message/request.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace operators {

struct listen_options {
    app::listen_request where;
    bool udp = false;  ///< datagrams instead
    bool echo = false;
    std::string serve_file = {};  ///< answers each connection with this file
    bool http = false;            ///< with an HTTP/1.0 header
    /// Ends after so many connections or datagrams; a server without it ends by a signal.
    std::optional<std::size_t> count{};

    bool server() const { return echo || !serve_file.empty(); }
};

}  // namespace operators
