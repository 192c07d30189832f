// The words of tcpplex connect and listen.
#pragma once

#include "operator/command_line.hpp"

namespace CLI {
class App;
}

namespace operators {

void add_connect(CLI::App& app, command_line& to);
void add_listen(CLI::App& app, command_line& to);

}  // namespace operators
