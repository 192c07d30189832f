// The words of tcpplex display and explain, with CLI11.
#include "operator/command_line_displays.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

namespace operators {

namespace {

/// A display of the facility, of all DVIPAs or the one named.
CLI::App* add_facility_display(CLI::App& cf, command_line& to, std::string const& name,
                               std::string const& what) {
    auto* const display = cf.add_subcommand(name, what);
    display->fallthrough();
    auto const address = std::make_shared<std::string>();
    display->add_option("DVIPA", *address, "Only this address");
    display->callback([&to, address, name] {
        to.command = display_command{{.report = "cf-" + name, .address = *address}};
    });
    return display;
}

void add_trace(CLI::App& cf, command_line& to) {
    auto* const trace = cf.add_subcommand("trace", "What the stacks did to shared ports lately");
    trace->fallthrough();
    trace->footer(
        "+40001 taken, -40001 given back, +40001..(12) twelve from 40001 on.\n"
        "Examples:\n  tcpplex display cf trace 10.1.9.9 --max 20\n"
        "  tcpplex --json display cf trace");
    auto const address = std::make_shared<std::string>();
    auto const max = std::make_shared<std::uint64_t>(100);
    trace->add_option("DVIPA", *address, "Only this address");
    trace->add_option("--max", *max, "The newest N operations (default 100; 1024 a DVIPA are kept)")
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 20));
    trace->callback([&to, address, max] {
        to.command = display_command{{.report = "cf-trace", .address = *address, .max = *max}};
    });
}

void add_facility(CLI::App& display, command_line& to) {
    auto* const cf = display.add_subcommand("cf", "The coupling facility");
    cf->require_subcommand(1)->fallthrough();
    add_facility_display(*cf, to, "ports",
                         "Shared source ports: state, form, grain, in use, available")
        ->footer(
            "Examples:\n  tcpplex display cf ports\n  tcpplex --json display cf ports 10.1.9.9\n"
            "The address of EXPLICITBINDPORTRANGE's pool is ::.");
    add_trace(*cf, to);
    add_facility_display(*cf, to, "structure", "Settings, version and each stack's ports")
        ->footer("Example:\n  tcpplex display cf structure 10.1.9.9");
    add_facility_display(*cf, to, "locks", "Who has it locked, and locks of the dead taken over")
        ->footer("Example:\n  tcpplex display cf locks");
    add_facility_display(*cf, to, "verify", "Check the structures now; status 1 on a violation")
        ->footer("Example:\n  tcpplex display cf verify && echo all is well");
    auto* const connectors = cf->add_subcommand("connectors", "The stacks connected to it");
    connectors->fallthrough();
    connectors->footer("Example:\n  tcpplex display cf connectors");
    connectors->callback([&to] { to.command = display_command{{.report = "cf-connectors"}}; });
}

void add_configuration(CLI::App& display, command_line& to) {
    auto* const config =
        display.add_subcommand("config", "The configuration as a profile that would make it");
    config->fallthrough();
    config->footer(
        "Examples:\n  tcpplex display config > now.profile\n  tcpplex display config 12");
    auto const number = std::make_shared<std::optional<std::uint64_t>>();
    config->add_option("NUMBER", *number, "One that is kept (display history), not the running");
    config->callback(
        [&to, number] { to.command = display_command{{.report = "config", .number = *number}}; });
    auto* const history =
        display.add_subcommand("history", "The last configurations: when, by whom, by what");
    history->fallthrough();
    history->footer("Example:\n  tcpplex display history");
    history->callback([&to] { to.command = display_command{{.report = "history"}}; });
}

app::endpoint required_socket(std::string const& text) {
    auto const parsed = parse_endpoint(text);
    if (!parsed || parsed->address.empty() || parsed->port == 0)
        throw CLI::ValidationError("explain", "\"" + text + "\" is not ADDRESS..PORT");
    return *parsed;
}

}  // namespace

void add_display(CLI::App& app, command_line& to) {
    auto* const display =
        app.add_subcommand("display", "Show the configuration, the facility or the sysplex");
    display->require_subcommand(1)->fallthrough();
    add_configuration(*display, to);
    add_facility(*display, to);
    auto* const sysplex = display->add_subcommand("sysplex", "The group of stacks");
    sysplex->require_subcommand(1)->fallthrough();
    sysplex->footer("Example:\n  tcpplex display sysplex vipadyn");
    auto* const group = sysplex->add_subcommand("group", "Its name and members");
    group->fallthrough()->callback([&to] { to.command = display_command{{"sysplex-group"}}; });
    auto* const ports =
        sysplex->add_subcommand("ports", "EXPLICITBINDPORTRANGE, configured here and active");
    ports->fallthrough()->callback([&to] { to.command = display_command{{"sysplex-ports"}}; });
    auto* const vipadyn = sysplex->add_subcommand("vipadyn", "Every dynamic VIPA on every stack");
    vipadyn->fallthrough()->callback([&to] { to.command = display_command{{"sysplex-vipadyn"}}; });
}

void add_explain(CLI::App& app, command_line& to) {
    auto* const explain =
        app.add_subcommand("explain", "Who owns a connection, why, and which way its packets go");
    explain->fallthrough();
    explain->footer("Example:\n  tcpplex explain 10.1.9.9..40001 10.2.0.9..7000");
    auto const one = std::make_shared<std::string>(), other = std::make_shared<std::string>();
    explain->add_option("SOCKET", *one, "ADDRESS..PORT of one end")->required();
    explain->add_option("PEER", *other, "ADDRESS..PORT of the other")->required();
    explain->callback([&to, one, other] {
        auto const local = required_socket(*one);
        to.command = display_command{{.report = "explain",
                                      .port = local.port,
                                      .address = local.address,
                                      .foreign = required_socket(*other)}};
    });
}

}  // namespace operators
