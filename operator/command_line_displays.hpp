// The words of tcpplex display and explain.
#pragma once

#include "operator/command_line.hpp"

#include <CLI/App.hpp>

namespace operators {

void add_display(CLI::App& app, command_line& to);
void add_explain(CLI::App& app, command_line& to);

}  // namespace operators
