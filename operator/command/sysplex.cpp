#include "operator/command/sysplex.hpp"

#include "operator/command/change.hpp"
#include "parser/model/ip_address.hpp"

namespace operators {

namespace {

using action = app::sysplex_action;

/// As typed: the keyword of the console, or the words of the command line.
std::string command_of(action what) {
    switch (what) {
        case action::leave_group:
            return "LEAVEGROUP";
        case action::join_group:
            return "JOINGROUP";
        case action::deactivate:
            return "DEACTIVATE";
        case action::reactivate:
            return "REACTIVATE";
        case action::quiesce:
            return "QUIESCE";
        case action::resume:
            return "RESUME";
        case action::create_vipa:
            return "vipa create";
        case action::delete_vipa:
            break;
    }
    return "vipa delete";
}

bool is_of_servers(action what) {
    return what == action::quiesce || what == action::resume;
}

/// The console command for what was typed in words.
std::string console_form(sysplex_options const& options) {
    std::string text = "VARY TCPIP,,SYSPLEX," + command_of(options.action);
    if (!options.dvipa.empty()) text += ",DVIPA=" + options.dvipa;
    if (options.port) text += ",PORT=" + std::to_string(*options.port);
    if (!options.job.empty()) text += ",JOBNAME=" + options.job;
    if (is_of_servers(options.action) && !options.port && options.job.empty()) text += ",TARGET";
    return text;
}

app::sysplex_request to_request(sysplex_options const& options) {
    app::sysplex_request asked{options.action, options.dvipa, options.echo, options.port,
                               options.job};
    if (asked.command.empty() && !app::is_utility(asked.action))
        asked.command = console_form(options);
    return asked;
}

}  // namespace

int run_sysplex(context const& with, sysplex_options const& options) {
    bool const utility = app::is_utility(options.action);
    std::string what = command_of(options.action);
    if (!options.dvipa.empty()) what += ' ' + options.dvipa;
    if (!options.dvipa.empty() && !parser::parse_ip_address(options.dvipa)) {
        fail(with, what + ": '" + options.dvipa +
                       "' is not an IP address: write dotted decimal or RFC 4291 text");
        return utility ? app::vipa_bad_parameters : exit_usage;
    }
    auto stack = open_stack(with);
    if (stack.has_error()) {
        fail(with, stack.error().message);
        return utility ? app::vipa_not_done : exit_failed;
    }
    int const status = change(with, *stack, to_request(options), what);
    // A refusal without a return code is one of the control connection, or of the caller.
    return utility && status == exit_failed ? app::vipa_not_done : status;
}

}  // namespace operators
