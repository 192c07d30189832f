// One connection as netcat, or a server.
#include "operator/listen/listen.hpp"

#include "operator/listen/server.hpp"
#include "operator/stream/datagram_chat.hpp"
#include "operator/stream/pump.hpp"

namespace operators {

namespace {

int failed(context const& with, app::endpoint const& where, app::error const& why) {
    return fail(with, "listen " + where.to_string() + ": " + app::error_name(why.code) + ": " +
                          why.message);
}

int run_netcat(context const& with, app::client& stack, app::listening const& at) {
    auto const made = stack.accept(at.listener);
    if (made.has_error()) return failed(with, at.local, made.error());
    if (auto const closed = stack.close({at.listener, {}}); closed.has_error())
        return failed(with, at.local, closed.error());
    auto const pumped = pump(made->stream, with.input, with.output);
    return pumped.has_error() ? failed(with, at.local, pumped.error()) : exit_good;
}

int run_datagrams(context const& with, app::client& stack, listen_options const& options) {
    auto const& where = options.where;
    auto const made = stack.open_datagrams({where.job, where.local, {}, false, where.v6only});
    if (made.has_error()) return failed(with, where.local, made.error());
    write_text(with.error_output, "listening on UDP " + made->local.to_string() + "\n");
    auto const chatted = chat(with, *made, {options.echo, options.count});
    return chatted.has_error() ? failed(with, made->local, chatted.error()) : exit_good;
}

}  // namespace

int run_listen(context const& with, listen_options const& options) {
    auto file = open_served(options);
    if (file.has_error()) return fail(with, file.error().message);
    auto stack = open_stack(with);
    if (stack.has_error()) return fail(with, stack.error().message);
    if (options.udp) return run_datagrams(with, *stack, options);
    auto const at = stack->listen(options.where);
    if (at.has_error()) return failed(with, options.where.local, at.error());
    write_text(with.error_output, "listening on " + at->local.to_string() + "\n");
    if (!options.server()) return run_netcat(with, *stack, *at);
    auto const served = stream_server(*stack, at->listener, options, *file).run();
    return served.has_error() ? failed(with, at->local, served.error()) : exit_good;
}

}  // namespace operators
