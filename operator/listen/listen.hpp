// tcpplex listen: netcat's other side, an echo server, or a server of one file.
#pragma once

#include "operator/context.hpp"
#include "operator/listen/options.hpp"

namespace operators {

/// The exit status.
int run_listen(context const& with, listen_options const& options);

}  // namespace operators
