// The words of the tcpplex command.
#pragma once

#include "operator/command/check.hpp"
#include "operator/command/format.hpp"
#include "operator/command/obeyfile.hpp"
#include "operator/command/plan.hpp"
#include "operator/command/sysplex.hpp"
#include "operator/connect/options.hpp"
#include "operator/context.hpp"
#include "operator/language_server/serve.hpp"
#include "operator/listen/options.hpp"
#include "operator/report/reports.hpp"

#include <string>
#include <variant>
#include <vector>

namespace operators {

struct netstat_command {
    std::vector<std::string> words;
};
struct display_command {
    app::display_request asked;
};
struct console_command {
    std::string text;
};

struct command_line {
    context with;
    std::variant<netstat_command, display_command, obeyfile_options, rollback_options,
                 confirm_options, sysplex_options, console_command, connect_options, listen_options,
                 check_options, plan_options, format_options, lsp_options>
        command;
};

/// A command, or the exit status after help, version or a usage error has been printed.
std::variant<command_line, int> parse_command_line(int argc, char const* const* argv);

/// ADDR, ADDR..PORT or ..PORT; nothing if it is none of them.
std::optional<app::endpoint> parse_endpoint(std::string const& text);

}  // namespace operators
