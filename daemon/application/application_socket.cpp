#include "daemon/application/application_socket.hpp"

#include "daemon/application/endpoint.hpp"
#include "daemon/application/socket_options.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace tcpplexd {

namespace {

/// Places in cookies: the events of one application_socket tell which of its sockets they are of.
constexpr unsigned place_shift = 56;
/// Ports found taken in another shard before a bind to any port gives up.
constexpr unsigned most_attempts = 16;

}  // namespace

application_socket::application_socket(shard_loop& loop, application_owner& owner,
                                       app::socket_options const& options)
    : loop_(loop), owner_(owner), cookie_(loop.new_cookie()), options_(options) {}

application_socket::~application_socket() {
    for (std::size_t place = 0; place < sockets_.size(); ++place) {
        // What has been handed over is another's by now.
        if (!sockets_[place].valid()) continue;
        loop_.forget(cookie_of(place));
        sockets_[place].close();
    }
}

std::uint64_t application_socket::cookie_of(std::size_t place) const {
    return cookie_ | std::uint64_t{place} << place_shift;
}

bool application_socket::open(shard_loop& shard, std::size_t place) {
    loop_.enrol(cookie_of(place), *this);
    auto const opened = shard.run([&](shard_loop& there) {
        auto made = there.core().open(job_, cookie_of(place));
        if (made && options_ != app::socket_options{})
            there.core().set_options(*made, changed(there.core().options(*made), options_),
                                     there.now());
        return made;
    });
    if (opened) {
        sockets_.push_back({&shard, *opened});
        return true;
    }
    loop_.forget(cookie_of(place));
    fail_with(app::system_error(opened.error().value(), "no socket for job " + job_));
    return false;
}

void application_socket::add_options(app::socket_options const& wanted) {
    if (wanted == app::socket_options{}) return;
    for (auto const& each : sockets_)
        each.run([&](stack::shard& core, stack::socket_id id, stack::instant now) {
            core.set_options(id, changed(core.options(id), wanted), now);
        });
}

void application_socket::bind(std::uint64_t request, std::string const& job,
                              stack::bound_name const& wanted) {
    request_ = request;
    job_ = job;
    named_ = true;
    asked_ = local_ = wanted.local;
    v6_only_ = wanted.v6_only;
    if (open(loop_, 0)) bind_at(0);
}

void application_socket::bind_at(std::size_t place) {
    bool const picked = asked_.port == 0 && place != 0;  // by the first shard
    auto const origin = picked ? stack::port_origin::stack : stack::port_origin::user;
    sockets_[place].run([&](stack::shard& core, stack::socket_id id, stack::instant now) {
        core.bind(id, local_, now, v6_only_, origin);
    });
}

void application_socket::connect(std::uint64_t request, std::string const& job,
                                 std::optional<stack::endpoint> const& local,
                                 stack::endpoint const& remote) {
    remote_wanted_ = true;
    remote_ = remote;
    request_ = request;
    named_ = local.has_value();
    asked_ = local_ = local.value_or(stack::endpoint{remote.host.any(), 0});
    job_ = job;
    auto made = make_handover(owner_.process());
    if (!made) return fail_with(made.error());
    ends_ = std::move(*made);
    if (named_) {
        if (open(loop_, 0)) bind_at(0);
        return;
    }
    connect_somewhere();
}

/// The port is picked where the connection will be: in the shards by turns, as cookies count.
void application_socket::connect_somewhere() {
    auto const& shards = owner_.shards();
    if (open(*shards[(cookie_ + attempts_) % shards.size()], 0)) connect_at_home();
}

/// The ports of one shard can be used up before another's.
void application_socket::connect_elsewhere() {
    close_all();
    connect_somewhere();
}

void application_socket::connect_bound(std::uint64_t request, stack::endpoint const& remote) {
    request_ = request;
    remote_wanted_ = true;
    remote_ = remote;
    auto made = make_handover(owner_.process());
    if (!made) return fail_with(made.error());
    ends_ = std::move(*made);
    connect_at_home();
}

/// In the shard that the connection belongs to; the others need the name no more.
void application_socket::connect_at_home() {
    if (sockets_.size() > 1)
        connecting_ =
            sockets_.front().run([&](stack::shard& core, stack::socket_id id, stack::instant) {
                return core.place_of(id, remote_);
            });
    sockets_[connecting_].run([&](stack::shard& core, stack::socket_id id, stack::instant now) {
        core.connect(id, remote_, now);
    });
    for (std::size_t place = 0; place < sockets_.size(); ++place) {
        if (place == connecting_) continue;
        loop_.forget(cookie_of(place));
        sockets_[place].close();
    }
}

void application_socket::listen(std::uint64_t request, std::string const& job,
                                stack::bound_name const& wanted, std::uint16_t backlog) {
    listen_wanted_ = true;
    backlog_ = backlog;
    bind(request, job, wanted);
}

void application_socket::accept(std::uint64_t request) {
    accepting_.push_back(request);
    hand_out_accepted();
}

void application_socket::on_event(stack::event const& what) {
    auto const place = static_cast<std::size_t>(what.cookie >> place_shift);
    // Of a socket that has been closed while the event was on its way from another shard.
    if (place >= sockets_.size() || sockets_[place].id != what.socket) return;
    if (what.error && is_bound()) return owner_.finished(cookie_);  // the next request finds none
    bool const taken = what.what == stack::event::kind::bound && place != 0 &&
                       what.error == boost::system::errc::address_in_use;
    if (taken && asked_.port == 0 && ++attempts_ < most_attempts) return bind_elsewhere();
    bool const used_up = what.what == stack::event::kind::connected && !named_ &&
                         what.error == boost::system::errc::address_not_available;
    if (used_up && ++attempts_ < owner_.shards().size()) return connect_elsewhere();
    if (what.error) return fail(what.error);
    switch (what.what) {
        case stack::event::kind::bound:
            return on_bound();
        case stack::event::kind::listening:
            return on_listening();
        case stack::event::kind::connected:
            return on_connected();
        case stack::event::kind::acceptable:
            acceptable_.insert(place);
            return hand_out_accepted();
        default:
            return;
    }
}

/// The first shard has found a name, or another one has it, too.
void application_socket::on_bound() {
    if (awaited_ != 0) {
        if (--awaited_ == 0) on_named();
        return;
    }
    auto const tuple = sockets_.front().run(
        [](stack::shard& core, stack::socket_id id, stack::instant) { return core.tuple(id); });
    if (tuple) local_ = tuple->local;
    auto const& shards = owner_.shards();
    awaited_ = shards.size() - 1;
    if (awaited_ == 0) return on_named();
    for (std::size_t place = 1; place < shards.size(); ++place) {
        if (!open(*shards[place], place)) return;
        bind_at(place);
    }
}

void application_socket::close_all() {
    for (std::size_t place = 0; place < sockets_.size(); ++place) {
        loop_.forget(cookie_of(place));
        sockets_[place].close();
    }
    sockets_.clear();
}

/// A port that was picked is another shard's: all of it again.
void application_socket::bind_elsewhere() {
    close_all();
    awaited_ = 0;
    local_ = asked_;
    if (open(loop_, 0)) bind_at(0);
}

void application_socket::on_named() {
    bound_ = true;
    if (remote_wanted_) return connect_at_home();
    if (!listen_wanted_) return owner_.answer(request_, app::bound{cookie_, to_app(local_)});
    awaited_ = sockets_.size();
    for (std::size_t place = 1; place < sockets_.size(); ++place)
        listen_at(place);
    if (awaited_ == 1) listen_at(0);
}

void application_socket::listen_at(std::size_t place) {
    sockets_[place].run([&](stack::shard& core, stack::socket_id id, stack::instant now) {
        core.listen(id, backlog_, now);
    });
}

/// The first shard comes last: it tells other stacks, which send connections for all of them.
void application_socket::on_listening() {
    if (--awaited_ == 1) return listen_at(0);
    if (awaited_ != 0) return;
    listening_ = true;
    owner_.answer(request_, app::listening{cookie_, to_app(local_)});
    hand_out_accepted();
}

void application_socket::on_connected() {
    auto const socket = sockets_[connecting_];
    auto const cookie = cookie_of(connecting_);
    // From here on the socket's events are the stream's: this object must not take them away when
    // it goes, nor get them from another shard.
    if (socket.loop != &loop_) loop_.forget(cookie);
    auto const tuple = socket.loop->run([&](shard_loop& there) {
        auto const found = there.core().tuple(socket.id);
        if (found) stream::start(there, socket.id, cookie, ends_.ours.release(), ends_.identity);
        return found;
    });
    if (!tuple) return fail(make_error_code(boost::system::errc::connection_aborted));
    sockets_[connecting_] = {};
    owner_.handed_over(cookie_, socket);
    owner_.answer(request_, app::connected{to_app(tuple->local), to_app(tuple->remote), cookie_},
                  std::move(ends_.theirs));
    owner_.finished(cookie_);  // destroys this
}

void application_socket::hand_out_accepted() {
    while (listening_ && !accepting_.empty() && !acceptable_.empty()) {
        auto made = make_handover(owner_.process());
        if (!made) return owner_.retry_later(cookie_);  // the connection waits in the backlog
        auto const cookie = loop_.new_cookie();
        auto const& listener = sockets_[*acceptable_.begin()];
        stack::four_tuple tuple;
        auto const socket = listener.loop->run([&](shard_loop& there) {
            while (auto const taken = there.core().accept(listener.id, cookie)) {
                auto const name = there.core().tuple(*taken);
                if (!name) {  // it has ended while it waited
                    there.core().close(*taken, there.now());
                    continue;
                }
                tuple = *name;
                stream::start(there, *taken, cookie, made->ours.release(), made->identity);
                return *taken;
            }
            return stack::socket_id{};
        });
        if (!socket.valid()) {
            acceptable_.erase(acceptable_.begin());
            continue;
        }
        auto const request = accepting_.front();
        accepting_.pop_front();
        owner_.handed_over(cookie, {listener.loop, socket});
        owner_.answer(request,
                      app::connected{to_app(tuple.local, local_.host),
                                     to_app(tuple.remote, local_.host), cookie},
                      std::move(made->theirs));
    }
}

void application_socket::fail(stack::error_code why) {
    fail_with({why.value(), owner_.explain(local_, remote_, why)});
}

void application_socket::fail_with(app::error why) {
    // What else its sockets have to tell would answer again.
    for (std::size_t place = 0; place < sockets_.size(); ++place)
        loop_.forget(cookie_of(place));
    owner_.answer(request_, app::failed{std::move(why)});
    owner_.finished(cookie_);  // destroys this
}

}  // namespace tcpplexd
