// The words of tcpplex vary sysplex and vary vipa: a part of command_line.hpp.
#pragma once

#include "operator/command_line.hpp"

#include <CLI/App.hpp>

namespace operators {

/// `vary` is the command that they are words of.
void add_vary_sysplex(CLI::App& vary, command_line& to);
void add_vary_vipa(CLI::App& vary, command_line& to);

}  // namespace operators
