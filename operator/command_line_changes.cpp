// The words of tcpplex vary, with CLI11.
#include "operator/command_line_changes.hpp"

#include "operator/command_line_sysplex.hpp"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <memory>

namespace operators {

namespace {

constexpr char const* obeyfile_help =
    "All or nothing; with --as-zos as z/OS does: faulty statements, and what needs them, are\n"
    "skipped, and the status is 1.\n"
    "Examples:\n"
    "  tcpplex -s TCPIP1 vary obeyfile --plan sharing-on.obey\n"
    "  tcpplex -s TCPIP1 vary obeyfile --confirm 120 sharing-on.obey\n"
    "  tcpplex -s TCPIP1 vary confirm\n";

constexpr char const* rollback_help =
    "Back to the configuration before the last change, or N changes back; display history\n"
    "shows them. It is a change like others: rollback again undoes it.\n"
    "Examples:\n"
    "  tcpplex -s TCPIP1 vary rollback --plan\n"
    "  tcpplex -s TCPIP1 vary rollback 2\n";

CLI::Option* add_file(CLI::App& command, obeyfile_options& to) {
    return command
        .add_option("FILE", to.file, "Read with your rights, as are the files it INCLUDEs")
        ->required();
}

void add_obeyfile(CLI::App& vary, command_line& to) {
    auto* const obeyfile = vary.add_subcommand("obeyfile", "Carry out the statements of a file");
    obeyfile->fallthrough();
    obeyfile->footer(obeyfile_help);
    auto const what = std::make_shared<obeyfile_options>();
    auto* const plan = obeyfile->add_flag_function(
        "--plan", [what](std::int64_t) { what->purpose = app::obey_purpose::plan; },
        "Only say what would change, and what that breaks");
    obeyfile->add_flag("--as-zos", what->as_zos, "Skip faulty statements");
    obeyfile
        ->add_option("--confirm", what->confirm_seconds,
                     "Take the change back after SECONDS, unless vary confirm comes first")
        ->type_name("SECONDS")
        ->check(CLI::Range(std::uint32_t{1}, app::longest_confirm_seconds))
        ->excludes(plan);
    add_file(*obeyfile, *what);
    obeyfile->callback([&to, what] { to.command = *what; });
}

void add_syntax_check(CLI::App& vary, command_line& to) {
    auto* const check = vary.add_subcommand(
        "syntaxcheck", "Check a file with the stack's symbols, whatever its configuration is");
    check->fallthrough();
    check->footer("Example:\n  tcpplex -s TCPIP1 vary syntaxcheck sharing-on.obey");
    auto const what = std::make_shared<obeyfile_options>();
    what->purpose = app::obey_purpose::syntax_check;
    add_file(*check, *what);
    check->callback([&to, what] { to.command = *what; });
}

void add_rollback(CLI::App& vary, command_line& to) {
    auto* const rollback = vary.add_subcommand("rollback", "Go back to an earlier configuration");
    rollback->fallthrough();
    rollback->footer(rollback_help);
    auto const what = std::make_shared<rollback_options>();
    rollback->add_flag("--plan", what->plan, "Only say what would change, and what that breaks");
    rollback->add_option("N", what->steps, "How many changes back (default 1)")
        ->check(CLI::PositiveNumber);
    rollback->callback([&to, what] { to.command = *what; });
}

}  // namespace

void add_vary(CLI::App& app, command_line& to) {
    auto* const vary = app.add_subcommand("vary", "Change the running stack");
    vary->require_subcommand(1)->fallthrough();
    add_obeyfile(*vary, to);
    auto* const confirm =
        vary->add_subcommand("confirm", "Keep a change that was made with --confirm");
    confirm->fallthrough();
    confirm->footer("Example:\n  tcpplex -s TCPIP1 vary confirm");
    confirm->callback([&to] { to.command = confirm_options{}; });
    add_rollback(*vary, to);
    add_syntax_check(*vary, to);
    add_vary_sysplex(*vary, to);
    add_vary_vipa(*vary, to);
}

}  // namespace operators
