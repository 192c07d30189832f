// The words of the tcpplex command, with CLI11.
#include "operator/command_line.hpp"

#include "operator/command_line_changes.hpp"
#include "operator/command_line_displays.hpp"
#include "operator/command_line_profiles.hpp"
#include "operator/command_line_streams.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <iostream>

namespace operators {

namespace {

constexpr char const* netstat_help =
    "REPORT: conn (default), allconn, all, home, stats, vipadcfg, vipadyn, vcrt, vdpt,\n"
    "        or a letter: -c -a -A -h -S -F -v -V -O\n"
    "  -P, PORT=n          local or foreign port\n"
    "  -I, IPADDR=address  local or foreign address\n"
    "  -E, CLIENT=job      job name, may hold * and ?\n"
    "  PROTOCOL=name       of stats: IP, ICMP, TCP or UDP\n"
    "  MAX=n               at most n records\n"
    "  FORMAT=LONG|SHORT   layout; without it LONG exactly if an IPv6 address occurs;\n"
    "                      LONG of stats says what each counter means\n"
    "  --json              the daemon's document as it is\n"
    "Examples:\n"
    "  tcpplex netstat\n"
    "  tcpplex netstat -c -P 7000\n"
    "  tcpplex -s TCPIP2 netstat allconn MAX=10\n";

void add_netstat(CLI::App& app, command_line& to) {
    auto* const netstat = app.add_subcommand("netstat", "Show a report of the stack");
    netstat->set_help_flag("--help", "Print this help and exit");  // -h is HOME
    netstat->prefix_command();
    netstat->footer(netstat_help);
    netstat->callback([netstat, &to] { to.command = netstat_command{netstat->remaining()}; });
}

void add_console(CLI::App& app, command_line& to) {
    auto* const console = app.add_subcommand("console", "DISPLAY and VARY as on a z/OS console");
    console->fallthrough();
    console->footer(
        "Examples:\n  tcpplex console \"D TCPIP,,NETSTAT,CONN\"\n"
        "  tcpplex console \"V TCPIP,TCPIP1,OBEYFILE,change.obey\"");
    auto const text = std::make_shared<std::string>();
    console->add_option("COMMAND", *text, "One argument; quote it")->required();
    console->callback([&to, text] { to.command = console_command{*text}; });
}

}  // namespace

std::variant<command_line, int> parse_command_line(int argc, char const* const* argv) {
    command_line result;
    CLI::App app("tcpplex: look at and change a running stack, and use it", "tcpplex");
    app.set_version_flag("--version", "tcpplex " TCPPLEX_VERSION);
    app.require_subcommand(1);
    app.failure_message([](CLI::App const*, CLI::Error const& failure) {
        return std::string("tcpplex: ") + failure.what() + " (tcpplex --help)\n";
    });
    app.add_option("-s,--stack", result.with.stack,
                   "Name of the stack, or path of its control socket");
    app.add_flag("--json", result.with.json, "JSON instead of a screen");
    app.footer(
        "Without -s: the only stack with a control socket in /run/tcpplex.\n"
        "Each command has --help with examples; tcpplex(8) has it all.");
    add_netstat(app, result);
    add_display(app, result);
    add_explain(app, result);
    add_vary(app, result);
    add_console(app, result);
    add_connect(app, result);
    add_listen(app, result);
    add_check(app, result);
    add_plan(app, result);
    add_format(app, result);
    add_lsp(app, result);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& failure) {
        return app.exit(failure, std::cout, std::cerr) == 0 ? exit_good : exit_usage;
    }
    return result;
}

}  // namespace operators
