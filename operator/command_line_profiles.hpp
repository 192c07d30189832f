// The words of tcpplex check, format and lsp.
#pragma once

#include "operator/command_line.hpp"

#include <CLI/App.hpp>

namespace operators {

void add_check(CLI::App& app, command_line& to);
void add_plan(CLI::App& app, command_line& to);
void add_format(CLI::App& app, command_line& to);
void add_lsp(CLI::App& app, command_line& to);

}  // namespace operators
