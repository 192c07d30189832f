// From the command line to a running stack and back.
#pragma once

#include "daemon/node/options.hpp"

#include <functional>

namespace tcpplexd {

class node;

/// Runs the stack until SIGTERM or SIGINT. Returns the exit status: 0 after an orderly end, 1 if
/// the start failed, 75 if the other stacks have declared this one dead, with the reason on
/// standard error. `in_service` is called, from the loop, when the stack is.
int run(options const& asked, std::function<void(node&)> const& in_service = {});

}  // namespace tcpplexd
