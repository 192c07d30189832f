// The words of the commands that look at profiles, with CLI11.
#include "operator/command_line_profiles.hpp"

#include "operator/command/profile_input.hpp"
#include "parser/source/lexical.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>

namespace operators {

namespace {

constexpr char const* check_help =
    "Exit status: 0 without errors (warnings and notes may have been printed),\n"
    "             1 with errors, 2 if something can't be read or used as asked for.\n"
    "Examples:\n"
    "  tcpplex check tcpip1.profile\n"
    "  tcpplex check --symbol SYSNAME=SYS1 tcpip1.profile tcpip2.profile\n"
    "  tcpplex check --running tcpip1.profile change.obey\n"
    "  git show HEAD:tcpip1.profile | tcpplex check --stdin --name tcpip1.profile --sarif\n";

constexpr char const* plan_help =
    "What an OBEYFILE would change in a stack that runs the profile RUNNING, in the words of\n"
    "a profile: - goes, + comes; then what that means for addresses and connections. For the\n"
    "connections there are, ask the stack: tcpplex vary obeyfile --plan.\n"
    "Exit status: 0 without errors, 1 with errors, 2 if something can't be read or RUNNING\n"
    "             has errors.\n"
    "Examples:\n"
    "  tcpplex plan tcpip1.profile change.obey\n"
    "  tcpplex --json plan --stdin tcpip1.profile < change.obey\n";

constexpr char const* format_help =
    "Blanks and ends of lines change; words, comments and their order do not. Without\n"
    "--check or --write the result goes to standard output.\n"
    "Examples:\n"
    "  tcpplex format --write tcpip1.profile\n"
    "  tcpplex format --check tcpip1.profile\n";

constexpr char const* lsp_help =
    "Findings while you type, completion of keywords, what a statement is for, formatting.\n"
    "Example, for Neovim:\n"
    "  vim.lsp.start({name = 'tcpplex', cmd = {'tcpplex', 'lsp'}})\n";

/// Takes `NAME=text` into the table.
void add_symbol(parser::symbol_table& to, std::string const& word) {
    std::size_t const equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
        throw CLI::ValidationError("--symbol", "\"" + word + "\" is not NAME=TEXT");
    std::string name = word.substr(0, equals);
    std::ranges::transform(name, name.begin(), parser::upper);
    to.insert_or_assign(std::move(name), word.substr(equals + 1));
}

/// `Options` have symbols.
template <typename Options>
void add_symbols(CLI::App& command, std::shared_ptr<Options> const& to) {
    command
        .add_option_function<std::vector<std::string>>(
            "--symbol",
            [to](std::vector<std::string> const& words) {
                for (auto const& word : words)
                    add_symbol(to->symbols, word);
            },
            "System symbol NAME=TEXT; may be repeated")
        ->take_all()
        ->allow_extra_args(false);
}

/// The words for standard input.
struct input_words {
    bool wanted = false;
    std::string name = input_name;

    std::optional<std::string> named() const { return wanted ? std::optional(name) : std::nullopt; }
};

std::shared_ptr<input_words> add_input(CLI::App& command) {
    auto const words = std::make_shared<input_words>();
    auto* const flag = command.add_flag("--stdin", words->wanted, "Standard input");
    command
        .add_option("--name", words->name,
                    "What messages call standard input; INCLUDEs are beside it")
        ->needs(flag);
    return words;
}

}  // namespace

void add_check(CLI::App& app, command_line& to) {
    auto* const check =
        app.add_subcommand("check", "Check profiles; needs no daemon and no privileges");
    check->fallthrough();
    check->footer(check_help);
    auto const what = std::make_shared<check_options>();
    check->add_option("--running", what->running,
                      "Check the files as OBEYFILEs for a stack with this profile");
    add_symbols(*check, what);
    auto const input = add_input(*check);
    check->add_flag("--sarif", what->sarif, "SARIF 2.1.0 instead of text")
        ->excludes(app.get_option("--json"));
    check->add_option("FILE", what->files, "Profiles");
    check->callback([&to, what, input] {
        what->standard_input = input->named();
        if (what->files.empty() && !input->wanted) throw CLI::RequiredError("FILE or --stdin");
        to.command = *what;
    });
}

void add_plan(CLI::App& app, command_line& to) {
    auto* const plan = app.add_subcommand(
        "plan", "Say what an OBEYFILE would change; needs no daemon and no privileges");
    plan->fallthrough();
    plan->footer(plan_help);
    auto const what = std::make_shared<plan_options>();
    add_symbols(*plan, what);
    auto const input = add_input(*plan);
    plan->add_flag("--as-zos", what->as_zos, "Skip faulty statements of the OBEYFILE");
    plan->add_option("RUNNING", what->running, "The profile that the stack runs")->required();
    plan->add_option("CHANGE", what->change, "The OBEYFILE");
    plan->callback([&to, what, input] {
        what->standard_input = input->named();
        if (what->change.empty() != input->wanted)
            throw CLI::RequiredError("either CHANGE or --stdin");
        to.command = *what;
    });
}

void add_format(CLI::App& app, command_line& to) {
    auto* const format = app.add_subcommand("format", "Lay a profile out as z/OS users write them");
    format->fallthrough();
    format->footer(format_help);
    auto const what = std::make_shared<format_options>();
    auto const input = add_input(*format);
    auto* const check = format->add_flag_function(
        "--check", [what](std::int64_t) { what->action = format_action::check; },
        "Only say whether it is formatted, with exit status 1 if not");
    auto* const write = format->add_flag_function(
        "--write", [what](std::int64_t) { what->action = format_action::write; },
        "Replace the file");
    add_symbols(*format, what);
    auto* const file = format->add_option("FILE", what->file, "A profile");
    write->excludes(check)->needs(file);
    format->callback([&to, what, input] {
        what->standard_input = input->named();
        if (what->file.empty() != input->wanted) throw CLI::RequiredError("either FILE or --stdin");
        to.command = *what;
    });
}

void add_lsp(CLI::App& app, command_line& to) {
    auto* const lsp = app.add_subcommand(
        "lsp", "Serve an editor: the Language Server Protocol on standard input and output");
    lsp->fallthrough();
    lsp->footer(lsp_help);
    auto const what = std::make_shared<lsp_options>();
    add_symbols(*lsp, what);
    lsp->callback([&to, what] { to.command = *what; });
}

}  // namespace operators
