// The words of tcpplex check.
#pragma once

#include "operator/command_line.hpp"

#include <CLI/App.hpp>

namespace operators {

void add_check(CLI::App& app, command_line& to);

}  // namespace operators
