// The words of tcpplex vary: a part of command_line.hpp.
#pragma once

#include "operator/command_line.hpp"

#include <CLI/App.hpp>

namespace operators {

void add_vary(CLI::App& app, command_line& to);

}  // namespace operators
