#include "daemon/application/application_socket.hpp"

#include "daemon/application/socket_options.hpp"

#include <fmt/format.h>

#include <utility>

namespace tcpplexd {

namespace {

app::endpoint describe(stack::endpoint const& from) {
    return {from.host.to_string(), from.port};
}

}  // namespace

application_socket::application_socket(shard_loop& loop, application_owner& owner,
                                       app::socket_options const& options)
    : loop_(loop), owner_(owner), cookie_(loop.enrol(*this)), options_(options) {}

application_socket::~application_socket() {
    loop_.forget(cookie_);
    if (!socket_.valid()) return;
    loop_.core().close(socket_, loop_.now());
    loop_.touch();
}

bool application_socket::open(std::string const& job) {
    auto const opened = loop_.core().open(job, cookie_);
    if (!opened) {
        fail_with(app::system_error(opened.error().value(), "no socket for job " + job));
        return false;
    }
    socket_ = *opened;
    add_options(options_);
    return true;
}

void application_socket::add_options(app::socket_options const& wanted) {
    auto& core = loop_.core();
    if (wanted != app::socket_options{})
        core.set_options(socket_, changed(core.options(socket_), wanted), loop_.now());
}

void application_socket::bind(std::uint64_t request, std::string const& job,
                              stack::endpoint const& local) {
    request_ = request;
    local_ = local;
    if (!open(job)) return;
    loop_.core().bind(socket_, local, loop_.now());
    loop_.touch();
}

void application_socket::connect(std::uint64_t request, std::string const& job,
                                 stack::endpoint const& local, stack::endpoint const& remote) {
    remote_wanted_ = true;
    remote_ = remote;
    bool const bind_first = !local.host.is_unspecified() || local.port != 0;
    request_ = request;
    local_ = local;
    auto made = make_handover(owner_.process());
    if (!made) return fail_with(made.error());
    ends_ = std::move(*made);
    if (!open(job)) return;
    if (bind_first)
        loop_.core().bind(socket_, local, loop_.now());
    else
        loop_.core().connect(socket_, remote, loop_.now());
    loop_.touch();
}

void application_socket::connect_bound(std::uint64_t request, stack::endpoint const& remote) {
    request_ = request;
    remote_wanted_ = true;
    remote_ = remote;
    auto made = make_handover(owner_.process());
    if (!made) return fail_with(made.error());
    ends_ = std::move(*made);
    loop_.core().connect(socket_, remote, loop_.now());
    loop_.touch();
}

void application_socket::listen(std::uint64_t request, std::string const& job,
                                stack::endpoint const& local, std::uint16_t backlog) {
    listen_wanted_ = true;
    backlog_ = backlog;
    bind(request, job, local);
}

void application_socket::accept(std::uint64_t request) {
    accepting_.push_back(request);
    hand_out_accepted();
}

void application_socket::on_event(stack::event const& what) {
    if (what.error && is_bound()) return owner_.finished(cookie_);  // the next request finds none
    if (what.error) return fail(what.error);
    switch (what.what) {
        case stack::event::kind::bound:
            return on_bound();
        case stack::event::kind::listening:
            return on_listening();
        case stack::event::kind::connected:
            return on_connected();
        case stack::event::kind::acceptable:
            return hand_out_accepted();
        default:
            return;
    }
}

void application_socket::on_bound() {
    bound_ = true;
    if (auto const now = loop_.core().tuple(socket_)) local_ = now->local;
    if (remote_wanted_)
        loop_.core().connect(socket_, remote_, loop_.now());
    else if (listen_wanted_)
        loop_.core().listen(socket_, backlog_, loop_.now());
    else
        owner_.answer(request_, app::bound{cookie_, describe(local_)});
    loop_.touch();
}

void application_socket::on_listening() {
    listening_ = true;
    owner_.answer(request_, app::listening{cookie_, describe(local_)});
}

void application_socket::on_connected() {
    auto const tuple = loop_.core().tuple(socket_);
    if (!tuple) return fail(make_error_code(boost::system::errc::connection_aborted));
    auto const socket = std::exchange(socket_, {});
    // From here on the socket's events are the stream's: this object must not take them away when
    // it goes.
    auto const cookie = std::exchange(cookie_, 0);
    owner_.handed_over(cookie, socket);
    stream::start(loop_, socket, cookie, ends_.ours.release(), ends_.identity);
    owner_.answer(request_, app::connected{describe(tuple->local), describe(tuple->remote), cookie},
                  std::move(ends_.theirs));
    owner_.finished(cookie);  // destroys this
}

void application_socket::hand_out_accepted() {
    while (listening_ && !accepting_.empty()) {
        auto made = make_handover(owner_.process());
        if (!made) return owner_.retry_later(cookie_);  // the connection waits in the backlog
        auto const cookie = loop_.new_cookie();
        auto const socket = loop_.core().accept(socket_, cookie);
        if (!socket) return;
        auto const request = accepting_.front();
        accepting_.pop_front();
        auto const tuple = loop_.core().tuple(*socket);
        owner_.handed_over(cookie, *socket);
        stream::start(loop_, *socket, cookie, made->ours.release(), made->identity);
        owner_.answer(request,
                      app::connected{describe(tuple->local), describe(tuple->remote), cookie},
                      std::move(made->theirs));
    }
}

void application_socket::fail(stack::error_code why) {
    fail_with({why.value(), owner_.explain(local_, remote_, why)});
}

void application_socket::fail_with(app::error why) {
    owner_.answer(request_, app::failed{std::move(why)});
    owner_.finished(cookie_);  // destroys this
}

}  // namespace tcpplexd
