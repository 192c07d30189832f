// From the command line to a running stack and back.
#pragma once

#include "daemon/node/options.hpp"

namespace tcpplexd {

/// Runs the stack until SIGTERM or SIGINT. Returns the exit status: 0 after an orderly end, 1 if
/// the start failed, with the reason on standard error.
int run(options const& asked);

}  // namespace tcpplexd
