// Which function carries out which command.
#include "operator/run.hpp"

#include "operator/command/console.hpp"
#include "operator/command/display.hpp"
#include "operator/command/netstat.hpp"
#include "operator/command/obeyfile.hpp"
#include "operator/connect/connect.hpp"
#include "operator/listen/listen.hpp"

namespace operators {

namespace {

int carry_out(context const& with, netstat_command const& typed) {
    return run_netstat(with, typed.words);
}
int carry_out(context const& with, obeyfile_options const& typed) {
    return run_obeyfile(with, typed);
}
int carry_out(context const& with, rollback_options const& typed) {
    return run_rollback(with, typed);
}
int carry_out(context const& with, confirm_options const& typed) {
    return run_confirm(with, typed);
}
int carry_out(context const& with, sysplex_options const& typed) {
    return run_sysplex(with, typed);
}
int carry_out(context const& with, console_command const& typed) {
    return run_console(with, typed.text);
}
int carry_out(context const& with, connect_options const& typed) {
    return run_connect(with, typed);
}
int carry_out(context const& with, listen_options const& typed) {
    return run_listen(with, typed);
}
int carry_out(context const& with, check_options const& typed) {
    return run_check(with, typed);
}
int carry_out(context const& with, plan_options const& typed) {
    return run_plan(with, typed);
}
int carry_out(context const& with, format_options const& typed) {
    return run_format(with, typed);
}
int carry_out(context const& with, lsp_options const& typed) {
    return run_language_server(with, typed);
}
int carry_out(context const& with, display_command const& typed) {
    // z/OS has the sysplex displays on the console alone.
    bool const ours = !typed.asked.report.starts_with("sysplex-");
    return show_report(with, typed.asked,
                       {with.json, ours ? front_end::unix_shell : front_end::console, {}});
}

}  // namespace

int run(command_line const& typed) {
    return std::visit([&typed](auto const& command) { return carry_out(typed.with, command); },
                      typed.command);
}

}  // namespace operators
