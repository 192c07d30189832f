#include "operator/command/change.hpp"

#include "operator/report/render.hpp"

#include <boost/json/array.hpp>

namespace operators {

namespace {

void print_messages(context const& with, std::vector<std::string> const& messages,
                    boost::json::object const& plan) {
    if (with.json) {
        boost::json::object document = plan;
        document["messages"] = boost::json::array(messages.begin(), messages.end());
        write_text(with.output, indented(document));
        return;
    }
    for (auto const& message : messages)
        write_text(with.output, message + (message.ends_with('\n') ? "" : "\n"));
}

}  // namespace

int change(context const& with, app::client& stack, app::request_body asked,
           std::string const& what) {
    auto const outcome = stack.change(std::move(asked));
    if (outcome.has_error()) return fail(with, what + ": " + outcome.error().message);
    if (auto const* const good = std::get_if<app::obeyed>(&*outcome)) {
        print_messages(with, good->messages, good->plan);
        return good->return_code.value_or(exit_good);
    }
    auto const& refused = std::get<app::failed>(*outcome);
    print_messages(with, refused.messages, {});
    int const status =
        fail(with, what + ": " + app::error_name(refused.why.code) + ": " + refused.why.message);
    return refused.return_code.value_or(status);
}

}  // namespace operators
