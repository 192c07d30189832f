// Asking a stack for a report and showing it.
#include "operator/command/display.hpp"

#include <boost/json/array.hpp>

namespace operators {

namespace {

// What was asked to be verified and is not in order, or could not be looked at.
bool tells_of_trouble(boost::json::object const& document) {
    auto const any = [&document](char const* list) {
        auto const* const value = document.if_contains(list);
        return value != nullptr && value->is_array() && !value->get_array().empty();
    };
    return any("violations") || any("problems");
}

}  // namespace

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
    if (!write_text(with.output, *text)) return fail(with, "standard output is closed");
    return tells_of_trouble(*document) ? exit_failed : exit_good;
}

}  // namespace operators
