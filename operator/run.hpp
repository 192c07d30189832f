// From the words of the command to its exit status.
#pragma once

#include "operator/command_line.hpp"

namespace operators {

int run(command_line const& typed);

}  // namespace operators
