// Datagrams between a UDP socket and the command's own input and output: nc -u.
#pragma once

#include "app/client.hpp"
#include "operator/context.hpp"

#include <chrono>
#include <cstddef>
#include <optional>

namespace operators {

/// What ends it, besides SIGINT, SIGTERM and the end of the daemon.
struct chat_rules {
    bool echo = false;  ///< what comes goes back to its sender, not to the output
    /// So many datagrams have come, and the input has ended.
    std::optional<std::size_t> count = {};
    /// The input has ended, and nothing has come for so long.
    std::optional<std::chrono::milliseconds> quiet = {};
};

/// Each read of the input, at most 8 KiB, is a datagram to whom `socket` is connected to, or else
/// to whoever sent the last one. An error ends it if the socket is connected, and is told on the
/// error output if not.
app::result<void> chat(context const& with, app::datagrams const& socket, chat_rules const& rules);

}  // namespace operators
