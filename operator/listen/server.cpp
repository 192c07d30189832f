// Accepting and serving.
#include "operator/listen/server.hpp"

#include <algorithm>
#include <cerrno>

namespace operators {

namespace {

// So many accepts wait at the daemon, so that a burst of connections needs no round trip each.
constexpr std::size_t pending_accepts = 16;

constexpr std::uint64_t control_tag = 0;  // sessions have their accept request's id, from 2
constexpr std::uint64_t signal_tag = ~std::uint64_t{0};

}  // namespace

stream_server::stream_server(app::client& stack, std::uint64_t listener,
                             listen_options const& options, served_file const& file)
    : stack_(stack), listener_(listener), options_(options), file_(file) {
    poller_.add(stack_.native(), control_tag, EPOLLIN);
    poller_.add(signals_.native(), signal_tag, EPOLLIN);
}

app::result<void> stream_server::run() {
    while (!finished()) {
        accept_more();
        for (auto const& event : poller_.wait(-1)) {
            if (event.data.u64 == signal_tag) return {};
            if (event.data.u64 != control_tag)
                advance(event.data.u64);
            else if (auto const taken = take_accepted(); taken.has_error())
                return taken.error();
        }
    }
    return {};
}

void stream_server::accept_more() {
    std::size_t const wanted = options_.count ? *options_.count - accepted_ : pending_accepts;
    while (stack_.outstanding() < std::min(wanted, pending_accepts))
        stack_.submit(app::accept_request{listener_});
    poller_.change(stack_.native(), control_tag,
                   stack_.wants_write() ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

app::result<void> stream_server::take_accepted() {
    for (;;) {
        auto came = stack_.next(app::client::clock::now());
        if (came.has_error()) return came.error();
        if (!*came) return {};
        auto const* const refused = std::get_if<app::failed>(&(*came)->body);
        // EMFILE: the connection is gone for want of a descriptor; the others are served on.
        if (refused != nullptr && refused->why.code != EMFILE) return refused->why;
        if (refused == nullptr) start(std::move(**came));
    }
}

void stream_server::start(app::answer came) {
    ++accepted_;
    auto opened = options_.echo ? make_echo_session(std::move(came.attached))
                                : make_file_session(std::move(came.attached), file_);
    poller_.add(opened->native(), came.id, EPOLLIN);
    sessions_.emplace(came.id, std::move(opened));
}

void stream_server::advance(std::uint64_t id) {
    auto const found = sessions_.find(id);
    if (found == sessions_.end()) return;
    session& of = *found->second;
    auto const wanted = of.advance();
    if (wanted != 0) return poller_.change(of.native(), id, wanted);
    sessions_.erase(found);
    ++served_;
}

}  // namespace operators
