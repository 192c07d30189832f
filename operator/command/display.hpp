// Asking a stack for a report and showing it.
#pragma once

#include "app/message/request.hpp"
#include "operator/context.hpp"
#include "operator/report/render.hpp"

namespace operators {

/// Prints the report; the exit status.
int show_report(context const& with, app::display_request const& asked, rendering const& how);

}  // namespace operators
