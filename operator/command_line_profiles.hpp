// The words of tcpplex check and format.
#pragma once

#include "operator/command_line.hpp"

#include <CLI/App.hpp>

namespace operators {

void add_check(CLI::App& app, command_line& to);
void add_format(CLI::App& app, command_line& to);

}  // namespace operators
