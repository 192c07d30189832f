// Asking a stack for a report and showing it.
#include "operator/command/display.hpp"

namespace operators {

int show_report(context const& with, app::display_request const& asked, rendering const& how) {
    auto stack = open_stack(with);
    if (stack.has_error()) return fail(with, stack.error().message);
    auto const document = stack->display(asked);
    if (document.has_error())
        return fail(with, "display " + asked.report + ": " +
                              app::error_name(document.error().code) + ": " +
                              document.error().message);
    auto const text = render(*document, how);
    if (text.has_error()) return fail(with, text.error().message);
    return write_text(with.output, *text) ? exit_good : fail(with, "standard output is closed");
}

}  // namespace operators
