// Console commands become the same requests as the command line's.
#include "operator/command/console.hpp"

#include "operator/command/display.hpp"
#include "operator/command/netstat.hpp"
#include "operator/command/obeyfile.hpp"
#include "operator/command/sysplex.hpp"
#include "parser/command/command.hpp"

namespace operators {

namespace {

namespace command = parser::command;

// GLOBALCONFIG MAXRECS, which a console display has as its limit.
constexpr std::uint64_t default_records = 100;

rendering console_form(context const& with, wanted_layout wanted = {}) {
    return {with.json, front_end::console, wanted};
}

// The procedure name of the command picks the stack, unless -s has named a socket.
context of_stack(context const& with, std::string const& procedure) {
    context result = with;
    if (result.stack.empty()) result.stack = procedure;
    return result;
}

int carry_out(context const& with, command::display_netstat const& typed, std::string const&) {
    auto asked = report_request(typed.report, typed.options);
    if (asked.has_error()) return fail(with, asked.error().message);
    if (!typed.options.max) asked->max = default_records;
    return show_report(of_stack(with, typed.stack), *asked,
                       console_form(with, layout_of(typed.options)));
}

int carry_out(context const& with, command::display_sysplex const& typed, std::string const&) {
    using what = command::display_sysplex::what;
    app::display_request asked{typed.subject == what::group   ? "sysplex-group"
                               : typed.subject == what::ports ? "sysplex-ports"
                                                              : "sysplex-vipadyn"};
    if (typed.dvipa) asked.address = typed.dvipa->to_string();
    asked.max = typed.max.value_or(default_records);
    bool const has_rows = typed.subject == what::vipadyn;
    if (*asked.max == command::all_records || !has_rows) asked.max.reset();
    return show_report(of_stack(with, typed.stack), asked, console_form(with));
}

int carry_out(context const& with, command::vary_obeyfile const& typed, std::string const& text) {
    return run_obeyfile(of_stack(with, typed.stack),
                        {.file = typed.data_set,
                         .purpose = typed.syntax_only ? app::obey_purpose::syntax_check
                                                      : app::obey_purpose::carry_out,
                         .echo = text});
}

app::sysplex_action action_of(command::vary_sysplex const& typed) {
    using what = command::vary_sysplex::what;
    switch (typed.action) {
        case what::leave_group:
            return app::sysplex_action::leave_group;
        case what::join_group:
            return app::sysplex_action::join_group;
        case what::deactivate:
            return app::sysplex_action::deactivate;
        case what::reactivate:
            return app::sysplex_action::reactivate;
        case what::quiesce:
            return app::sysplex_action::quiesce;
        case what::resume:
            break;
    }
    return app::sysplex_action::resume;
}

int carry_out(context const& with, command::vary_sysplex const& typed, std::string const& text) {
    return run_sysplex(of_stack(with, typed.stack),
                       {.action = action_of(typed),
                        .dvipa = typed.dvipa ? typed.dvipa->to_string() : std::string(),
                        .echo = text,
                        .port = typed.port,
                        .job = typed.job});
}

}  // namespace

int run_console(context const& with, std::string const& text) {
    auto const parsed = command::parse_command(text);
    if (auto const* const wrong = std::get_if<command::command_error>(&parsed)) {
        write_text(with.error_output, command::to_text(*wrong, text));
        return exit_usage;
    }
    return std::visit([&](auto const& typed) { return carry_out(with, typed, text); },
                      std::get<command::operator_command>(parsed));
}

}  // namespace operators
