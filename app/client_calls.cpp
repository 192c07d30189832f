// The calls of the client library that wait for their answer.
#include "app/client.hpp"

#include <cerrno>

namespace app {

// Answers to requests submitted before stay queued, in order.
result<answer> client::call(request_body asked) {
    std::uint64_t const id = submit(std::move(asked));
    std::deque<answer> others;
    for (;;) {
        auto came = next();
        if (came.has_error()) return came.error();
        if (!*came) continue;
        if ((*came)->id != id) {
            others.push_back(std::move(**came));
            continue;
        }
        for (; !others.empty(); others.pop_back())
            arrived_.push_front(std::move(others.back()));
        return std::move(**came);
    }
}

template <typename Reply>
result<Reply> client::call_for(request_body asked) {
    auto came = call(std::move(asked));
    if (came.has_error()) return came.error();
    if (auto const* const failure = std::get_if<failed>(&came->body)) return failure->why;
    return std::get<Reply>(std::move(came->body));
}

result<connection> client::call_for_connection(request_body asked) {
    auto came = call(std::move(asked));
    if (came.has_error()) return came.error();
    if (auto const* const failure = std::get_if<failed>(&came->body)) return failure->why;
    auto& made = std::get<connected>(came->body);
    return connection{std::move(made.local), std::move(made.remote), std::move(came->attached),
                      made.connection};
}

result<connection> client::connect(connect_request asked) {
    return call_for_connection(std::move(asked));
}

result<connection> client::accept(std::uint64_t listener) {
    return call_for_connection(accept_request{listener});
}

result<datagrams> client::open_datagrams(datagram_request asked) {
    auto came = call(std::move(asked));
    if (came.has_error()) return came.error();
    if (auto const* const failure = std::get_if<failed>(&came->body)) return failure->why;
    auto& made = std::get<datagram_socket>(came->body);
    return datagrams{std::move(made.local), std::move(made.remote), std::move(came->attached)};
}

result<bound> client::bind(bind_request asked) {
    return call_for<bound>(std::move(asked));
}

result<listening> client::listen(listen_request asked) {
    return call_for<listening>(std::move(asked));
}

result<closed> client::close(close_request asked) {
    return call_for<closed>(asked);
}

result<options> client::change_options(options_request asked) {
    return call_for<options>(std::move(asked));
}

result<info> client::ask_info(info_request asked) {
    return call_for<info>(asked);
}

result<alive> client::ping() {
    return call_for<alive>(ping_request{});
}

result<boost::json::object> client::display(display_request asked) {
    auto came = call_for<displayed>(std::move(asked));
    if (came.has_error()) return came.error();
    return std::move(came->document);
}

result<reply_body> client::change(request_body asked) {
    auto came = call(std::move(asked));
    if (came.has_error()) return came.error();
    return std::move(came->body);
}

}  // namespace app
