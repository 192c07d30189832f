// tcpplex connect: netcat through a stack, or many connections at once.
#pragma once

#include "operator/connect/options.hpp"
#include "operator/context.hpp"

namespace operators {

/// The exit status.
int run_connect(context const& with, connect_options const& options);

}  // namespace operators
