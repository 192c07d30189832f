// What tcpplex connect was asked to do.
#pragma once

#include "app/message/request.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace operators {

struct connect_options {
    app::connect_request each;  ///< the same for every connection
    bool udp = false;           ///< datagrams instead
    std::size_t count = 1;
    bool hold = false;
    bool expect_echo = false;
    bool progress = false;  ///< also if the error output is no terminal
    /// For a connection to be made and, if it must be, echoed; with `udp` for more to come after
    /// the end of the input.
    std::optional<std::chrono::seconds> timeout;

    /// Whether it is a batch with a summary, or netcat.
    bool batch() const { return count > 1 || hold || expect_echo; }
};

/// "10.2.0.9..7000 from 10.1.9.9": what a message about a connection names.
std::string describe(app::connect_request const& asked);

}  // namespace operators
