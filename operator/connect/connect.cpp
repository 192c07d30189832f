// One connection as netcat, or the batch.
#include "operator/connect/connect.hpp"

#include "operator/connect/batch.hpp"
#include "operator/stream/datagram_chat.hpp"
#include "operator/stream/pump.hpp"

#include <cerrno>

namespace operators {

namespace {

app::result<app::connection> connect_within(app::client& stack, connect_options const& options) {
    stack.submit(options.each);
    std::optional<app::client::clock::time_point> deadline;
    if (options.timeout) deadline = app::client::clock::now() + *options.timeout;
    for (;;) {
        auto came = stack.next(deadline);
        if (came.has_error()) return came.error();
        if (!*came && deadline && app::client::clock::now() >= *deadline)
            return app::error{
                ETIMEDOUT, "no answer within " + std::to_string(options.timeout->count()) + " s"};
        if (!*came) continue;
        if (auto const* const refused = std::get_if<app::failed>(&(*came)->body))
            return refused->why;
        auto& made = std::get<app::connected>((*came)->body);
        return app::connection{std::move(made.local), std::move(made.remote),
                               std::move((*came)->attached)};
    }
}

int run_netcat(context const& with, connect_options const& options) {
    auto const failed = [&](app::error const& why) {
        return fail(with, "connect " + describe(options.each) + ": " + app::error_name(why.code) +
                              ": " + why.message);
    };
    auto stack = open_stack(with);
    if (stack.has_error()) return fail(with, stack.error().message);
    auto const made = connect_within(*stack, options);
    if (made.has_error()) return failed(made.error());
    auto const pumped = pump(made->stream, with.input, with.output);
    return pumped.has_error() ? failed(pumped.error()) : exit_good;
}

int run_datagrams(context const& with, connect_options const& options) {
    auto const failed = [&](app::error const& why) {
        return fail(with, "connect --udp " + describe(options.each) + ": " +
                              app::error_name(why.code) + ": " + why.message);
    };
    auto stack = open_stack(with);
    if (stack.has_error()) return fail(with, stack.error().message);
    auto const& each = options.each;
    auto const made = stack->open_datagrams({each.job, each.local, each.remote});
    if (made.has_error()) return failed(made.error());
    chat_rules rules;
    rules.quiet = options.timeout.value_or(std::chrono::seconds(1));
    auto const chatted = chat(with, *made, rules);
    return chatted.has_error() ? failed(chatted.error()) : exit_good;
}

}  // namespace

std::string describe(app::connect_request const& asked) {
    bool const bound = asked.local != app::endpoint{};
    return asked.remote.to_string() + (bound ? " from " + asked.local.to_string() : "");
}

int run_connect(context const& with, connect_options const& options) {
    if (options.udp) return run_datagrams(with, options);
    return options.batch() ? run_batch(with, options) : run_netcat(with, options);
}

}  // namespace operators
