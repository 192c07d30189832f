// tcpplex check: are these profiles right? Without a daemon, without privileges.
#pragma once

#include "operator/context.hpp"

#include <string>
#include <vector>

namespace operators {

/// Checks each file as an initial profile of its own; with `running`, as an OBEYFILE for a stack
/// that runs that profile. Diagnostics go to the error output, or as one JSON document to the
/// output. exit_failed if there are errors.
int run_check(context const& with, std::vector<std::string> const& files,
              std::string const& running);

}  // namespace operators
