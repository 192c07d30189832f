// tcpplex netstat: reports by keyword or by letter.
#pragma once

#include "app/message/request.hpp"
#include "operator/context.hpp"
#include "operator/report/reports.hpp"
#include "parser/command/command.hpp"

#include <string>
#include <vector>

namespace operators {

/// The words behind `netstat`: a keyword or letter of a report (none: CONN), modifiers, filters (-P
/// 80 or PORT=80), MAX=n, FORMAT=LONG, --json. Prints the report; the exit status.
int run_netstat(context const& with, std::vector<std::string> const& words);

/// The request for a report, the same for command line and console. Errors: EINVAL for what the
/// report cannot do yet.
app::result<app::display_request> report_request(parser::command::report_id which,
                                                 parser::command::report_options const& options);
/// FORMAT=SHORT or LONG as the renderers take it.
wanted_layout layout_of(parser::command::report_options const& options);

}  // namespace operators
