// tcpplex console: DISPLAY and VARY commands as typed on a z/OS console.
#pragma once

#include "operator/context.hpp"

#include <string>

namespace operators {

/// Carries out one command and prints its answer in console form; the exit status.
int run_console(context const& with, std::string const& text);

}  // namespace operators
