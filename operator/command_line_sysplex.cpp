// The words of tcpplex vary sysplex and vary vipa, with CLI11.
#include "operator/command_line_sysplex.hpp"

#include "operator/job_option.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

namespace operators {

namespace {

using action = app::sysplex_action;

constexpr char const* sysplex_help =
    "The commands V TCPIP,,SYSPLEX of z/OS; they last until the stack ends.\n"
    "Examples:\n"
    "  tcpplex -s TCPIP1 vary sysplex deactivate 10.1.9.9\n"
    "  tcpplex -s TCPIP1 vary sysplex reactivate 10.1.9.9\n"
    "  tcpplex -s TCPIP2 vary sysplex quiesce --target\n"
    "  tcpplex -s TCPIP2 vary sysplex resume --port 8080\n";

constexpr char const* vipa_help =
    "The utility MODDVIPA of z/OS, with its return codes as exit statuses. create: 0 activated,\n"
    "4 active here already, 8 in no VIPARANGE or another's, 12 no address; delete: 0, 8 and 12.\n"
    "Examples:\n"
    "  tcpplex -s TCPIP1 vary vipa create 10.1.8.5\n"
    "  tcpplex -s TCPIP1 vary vipa delete 10.1.8.5\n";

void add_action(CLI::App& group, command_line& to, char const* word, char const* does, action what,
                bool has_dvipa) {
    auto* const command = group.add_subcommand(word, does);
    command->fallthrough();
    auto const options = std::make_shared<sysplex_options>();
    options->action = what;
    if (has_dvipa) command->add_option("ADDRESS", options->dvipa, "The dynamic VIPA")->required();
    command->callback([&to, options] { to.command = *options; });
}

/// One that is about servers here: all of them, or those of a port, a job or both.
void add_servers_action(CLI::App& group, command_line& to, char const* word, char const* does,
                        action what) {
    auto* const command = group.add_subcommand(word, does);
    command->fallthrough();
    auto const options = std::make_shared<sysplex_options>();
    options->action = what;
    auto* const which = command->add_option_group("servers", "Which");
    auto* const target =
        which->add_flag("--target")->description("All of the stack, those to come too");
    which->add_option("--port", options->port, "Those that listen on the port")
        ->check(CLI::Range(1, 65535))
        ->excludes(target);
    which
        ->add_option_function<std::string>(
            "--jobname", [options](std::string const& name) { options->job = upper_job(name); },
            "Those of the job")
        ->excludes(target);
    which->require_option(1, 2);
    command->callback([&to, options] { to.command = *options; });
}

}  // namespace

void add_vary_sysplex(CLI::App& vary, command_line& to) {
    auto* const sysplex =
        vary.add_subcommand("sysplex", "Take the stack or a DVIPA of it out of the sysplex, or in");
    sysplex->require_subcommand(1)->fallthrough();
    sysplex->footer(sysplex_help);
    add_action(*sysplex, to, "leavegroup", "Leave the group; all DVIPAs go", action::leave_group,
               false);
    add_action(*sysplex, to, "joingroup", "Join it again, with the DVIPAs of the configuration",
               action::join_group, false);
    add_action(*sysplex, to, "deactivate", "Let a backup take the DVIPA over", action::deactivate,
               true);
    add_action(*sysplex, to, "reactivate", "Undo deactivate", action::reactivate, true);
    add_servers_action(*sysplex, to, "quiesce",
                       "Let servers here have no more of the connections that are distributed",
                       action::quiesce);
    add_servers_action(*sysplex, to, "resume", "Undo quiesce", action::resume);
}

void add_vary_vipa(CLI::App& vary, command_line& to) {
    auto* const vipa = vary.add_subcommand("vipa", "Make or end a DVIPA of a VIPARANGE");
    vipa->require_subcommand(1)->fallthrough();
    vipa->footer(vipa_help);
    add_action(*vipa, to, "create", "Activate the address here", action::create_vipa, true);
    add_action(*vipa, to, "delete", "End it", action::delete_vipa, true);
}

}  // namespace operators
