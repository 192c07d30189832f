#include "daemon/application/control_session.hpp"

#include "daemon/application/endpoint.hpp"
#include "daemon/application/socket_options.hpp"
#include "daemon/application/sysplex_reply.hpp"
#include "daemon/change/changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <optional>
#include <utility>
#include <variant>

namespace tcpplexd {

namespace {

/// Answers waiting for a slow reader beyond which no more requests are read.
constexpr std::size_t answer_limit = 16 * 1024 * 1024;
constexpr auto retry_interval = std::chrono::milliseconds(100);

/// No address: any of the family of `other`.
std::optional<stack::endpoint> to_endpoint(app::endpoint const& from,
                                           stack::address const& other = stack::address::any_v4()) {
    if (from.address.empty()) return stack::endpoint{other.any(), from.port};
    auto const host = stack::address::parse(from.address);
    if (!host) return std::nullopt;
    return stack::endpoint{*host, from.port};
}

std::string no_address(app::endpoint const& from) {
    return "'" + from.address + "' is not an IP address: write dotted decimal or RFC 4291 text";
}

}  // namespace

std::shared_ptr<control_session> control_session::start(shard_loop& loop, operations& node,
                                                        app::descriptor connection,
                                                        caller const& who) {
    std::shared_ptr<control_session> self(
        new control_session(loop, node, std::move(connection), who));
    self->await_requests();
    return self;
}

control_session::control_session(shard_loop& loop, operations& node, app::descriptor connection,
                                 caller const& who)
    : loop_(loop),
      node_(node),
      who_(who),
      channel_(std::move(connection), app::max_request),
      ready_(loop.io(), channel_.native()),
      retry_timer_(loop.io()) {}

control_session::~control_session() {
    if (ready_.is_open()) ready_.release();
}

void control_session::end() {
    if (std::exchange(ended_, true)) return;
    sockets_.clear();
    retry_timer_.cancel();
    ready_.release();  // cancels the waits, which hold the last references
}

void control_session::await_requests() {
    ready_.async_wait(ready_.wait_read,
                      [self = shared_from_this()](boost::system::error_code error) {
                          if (!error && !self->ended_) self->read_requests();
                      });
}

void control_session::await_room() {
    if (std::exchange(awaiting_room_, true)) return;
    ready_.async_wait(ready_.wait_write,
                      [self = shared_from_this()](boost::system::error_code error) {
                          self->awaiting_room_ = false;
                          if (!error && !self->ended_) self->write_answers();
                      });
}

void control_session::read_requests() {
    auto const keep = shared_from_this();
    std::vector<app::frame> frames;
    auto const outcome = channel_.on_readable(frames);
    for (auto const& each : frames) {
        auto asked = app::parse_request(each.body);
        if (asked)
            carry_out(std::move(*asked));
        else
            answer(asked.error().id, app::failed{asked.error().why}, {});
    }
    if (ended_) return;
    if (!outcome || *outcome == app::channel::reading::closed) return end();
    if (channel_.queued_bytes() <= answer_limit)
        await_requests();  // else when the reader has caught up
}

void control_session::write_answers() {
    bool const was_full = channel_.queued_bytes() > answer_limit;
    if (auto const done = channel_.on_writable(); !done && done.error().code != ETOOMANYREFS)
        return end();
    if (channel_.wants_write()) await_room();
    if (was_full && channel_.queued_bytes() <= answer_limit) await_requests();
}

void control_session::answer(std::uint64_t request, app::reply_body body,
                             app::descriptor attached) {
    if (ended_) return;
    channel_.queue(app::to_json(app::reply{request, std::move(body)}), std::move(attached));
    await_room();
}

void control_session::refuse(std::uint64_t id, int code, std::string message) {
    answer(id, app::failed{{code, std::move(message)}}, {});
}

void control_session::carry_out(app::request asked) {
    std::visit([&](auto const& body) { do_request(asked.id, body); }, asked.body);
}

application_socket& control_session::add_socket(app::socket_options const& options) {
    auto made = std::make_unique<application_socket>(loop_, *this, options);
    auto& result = *made;
    sockets_.emplace(result.cookie(), std::move(made));
    return result;
}

application_socket* control_session::find_socket(std::uint64_t cookie) {
    auto const found = sockets_.find(cookie);
    return found == sockets_.end() ? nullptr : found->second.get();
}

std::string control_session::job_of(std::string const& asked) const {
    auto result = asked.empty() ? who_.job() : asked;
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char each) { return static_cast<char>(std::toupper(each)); });
    return result;
}

void control_session::handed_over(std::uint64_t connection, shard_socket const& socket) {
    connections_.add(connection, socket, [](shard_socket const& each) {
        return each.run([](stack::shard& core, stack::socket_id id, stack::instant) {
            return core.tuple(id).has_value();
        });
    });
}

void control_session::finished(std::uint64_t cookie) {
    auto const found = sockets_.find(cookie);
    if (found == sockets_.end()) return;
    // Its own function is still on the call stack: it goes with the next one to finish, or with the
    // session.
    dying_ = std::move(found->second);
    sockets_.erase(found);
}

std::string control_session::explain(stack::endpoint const& local, stack::endpoint const& remote,
                                     stack::error_code why) {
    return node_.explain(local, remote, why);
}

void control_session::retry_later(std::uint64_t cookie) {
    retry_timer_.expires_after(retry_interval);
    retry_timer_.async_wait([self = shared_from_this(), cookie](boost::system::error_code error) {
        if (error || self->ended_) return;
        if (auto* socket = self->find_socket(cookie)) socket->retry();
    });
}

void control_session::do_request(std::uint64_t id, app::connect_request const& asked) {
    if (refuse_options(id, asked.options)) return;
    auto const remote = to_endpoint(asked.remote);
    if (!remote) return refuse(id, EINVAL, no_address(asked.remote));
    if (asked.socket) {
        auto* socket = find_socket(*asked.socket);
        if (socket == nullptr || !socket->is_bound())
            return refuse(id, EBADF,
                          "socket " + std::to_string(*asked.socket) +
                              " is not a bound socket of this connection");
        socket->add_options(asked.options);
        return socket->connect_bound(id, *remote);
    }
    auto const local = to_endpoint(asked.local, remote->host);
    if (!local) return refuse(id, EINVAL, no_address(asked.local));
    if (refuse_guarded(id, job_of(asked.job), *local, wanted_name::use::connect)) return;
    bool const named = asked.local != app::endpoint{};
    node_.activate(local->host, [self = shared_from_this(), id, job = job_of(asked.job),
                                 local = named ? local : std::nullopt, remote = *remote,
                                 options = asked.options] {
        if (!self->ended_) self->add_socket(options).connect(id, job, local, remote);
    });
}

void control_session::do_request(std::uint64_t id, app::bind_request const& asked) {
    if (refuse_options(id, asked.options)) return;
    auto const local = to_endpoint(asked.local);
    if (!local) return refuse(id, EINVAL, no_address(asked.local));
    if (refuse_v6only(id, asked.v6only, asked.local)) return;
    if (refuse_guarded(id, job_of(asked.job), *local, wanted_name::use::connect)) return;
    node_.activate(local->host, [self = shared_from_this(), id, job = job_of(asked.job),
                                 local = *local, v6_only = asked.v6only, options = asked.options] {
        if (!self->ended_) self->add_socket(options).bind(id, job, {local, v6_only});
    });
}

void control_session::do_request(std::uint64_t id, app::listen_request const& asked) {
    if (refuse_options(id, asked.options)) return;
    auto const local = to_endpoint(asked.local);
    if (!local) return refuse(id, EINVAL, no_address(asked.local));
    if (refuse_v6only(id, asked.v6only, asked.local)) return;
    if (refuse_guarded(id, job_of(asked.job), *local, wanted_name::use::listen)) return;
    auto const backlog = static_cast<std::uint16_t>(std::min<std::uint32_t>(asked.backlog, 65535));
    node_.activate(local->host, [self = shared_from_this(), id, job = job_of(asked.job),
                                 name = stack::bound_name{*local, asked.v6only}, backlog,
                                 options = asked.options] {
        if (!self->ended_) self->add_socket(options).listen(id, job, name, backlog);
    });
}

void control_session::do_request(std::uint64_t id, app::accept_request const& asked) {
    auto* socket = find_socket(asked.listener);
    if (socket == nullptr || !socket->is_listener())
        return refuse(
            id, EBADF,
            "listener " + std::to_string(asked.listener) + " is not one of this connection");
    socket->accept(id);
}

void control_session::do_request(std::uint64_t id, app::datagram_request const& asked) {
    auto const remote = to_endpoint(asked.remote);
    if (!remote) return refuse(id, EINVAL, no_address(asked.remote));
    bool const connected = remote->port != 0;
    auto const local = to_endpoint(asked.local, connected ? remote->host : stack::address());
    if (!local) return refuse(id, EINVAL, no_address(asked.local));
    if (refuse_v6only(id, asked.v6only, asked.local)) return;
    if (refuse_guarded(id, job_of(asked.job), *local, wanted_name::use::datagrams)) return;
    node_.activate(local->host,
                   [self = shared_from_this(), id, job = job_of(asked.job),
                    wanted = datagram_name{*local, *remote, {asked.reuse, asked.v6only}}] {
                       if (!self->ended_) self->open_datagrams(id, job, wanted);
                   });
}

void control_session::open_datagrams(std::uint64_t id, std::string const& job,
                                     datagram_name const& wanted) {
    auto ends = make_handover(process(), SOCK_SEQPACKET);
    if (!ends) return answer(id, app::failed{ends.error()}, {});
    auto opened = datagram_pipe::open(loop_, job, wanted, ends->ours.release());
    if (!opened) return answer(id, app::failed{opened.error()}, {});
    auto const remote = opened->remote.port == 0 ? app::endpoint{} : to_app(opened->remote);
    answer(id, app::datagram_socket{to_app(opened->local), remote}, std::move(ends->theirs));
}

void control_session::do_request(std::uint64_t id, app::close_request const& asked) {
    auto const cookie = asked.listener ? *asked.listener : asked.socket.value_or(0);
    if (sockets_.erase(cookie) == 0)
        return refuse(id, EBADF,
                      "socket " + std::to_string(cookie) + " is not one of this connection");
    answer(id, app::closed{}, {});
}

std::vector<shard_socket> control_session::sockets_named(app::options_request const& asked) {
    if (asked.connection) {
        auto const one = connections_.find(*asked.connection);
        return one.valid() ? std::vector{one} : std::vector<shard_socket>{};
    }
    auto const* const socket = find_socket(asked.listener ? *asked.listener : *asked.socket);
    bool const known =
        socket != nullptr && (asked.listener ? socket->is_listener() : socket->is_bound());
    return known ? socket->sockets() : std::vector<shard_socket>{};
}

bool control_session::refuse_options(std::uint64_t id, app::socket_options const& wanted) {
    auto const unknown = unknown_name(wanted);
    if (!unknown.empty()) refuse(id, ENOENT, unknown);
    return !unknown.empty();
}

bool control_session::refuse_guarded(std::uint64_t id, std::string const& job,
                                     stack::endpoint const& local, wanted_name::use what) {
    auto why = node_.guarded_from(who_, {job, local, what});
    bool const refused = !why.empty();
    if (refused) refuse(id, EACCES, std::move(why));
    return refused;
}

bool control_session::refuse_v6only(std::uint64_t id, bool wanted, app::endpoint const& local) {
    bool const refused = wanted && stack::address::parse(local.address) != stack::address();
    if (refused)
        refuse(id, EINVAL,
               "v6only goes with the address ::, not with '" + local.address +
                   "': leave it out, or write ::");
    return refused;
}

void control_session::do_request(std::uint64_t id, app::options_request const& asked) {
    if (refuse_options(id, asked.options)) return;
    auto const sockets = sockets_named(asked);
    if (sockets.empty()) return refuse(id, EBADF, "it is not open, or not of this connection");
    stack::tcp::connection_options now_set;
    for (auto const& each : sockets)
        now_set = each.run([&](stack::shard& core, stack::socket_id which, stack::instant now) {
            if (asked.options != app::socket_options{})
                core.set_options(which, changed(core.options(which), asked.options), now);
            return core.options(which);
        });
    answer(id, describe(now_set), {});
}

void control_session::do_request(std::uint64_t id, app::info_request const& asked) {
    auto const connection = connections_.find(asked.connection);
    std::optional<stack::tcp::connection_report> report;
    if (connection.valid())
        report = connection.run([](stack::shard& core, stack::socket_id which, stack::instant now) {
            return core.report(which, now);
        });
    if (!report)
        return refuse(id, EBADF,
                      "connection " + std::to_string(asked.connection) +
                          " is not open, or not of this connection");
    answer(id, describe(*report), {});
}

void control_session::do_request(std::uint64_t id, app::display_request const& asked) {
    if (!who_.may_look())
        return refuse(id, EPERM,
                      "displays are for root and the group tcpplex: have yourself added to it");
    display_filter filter;
    filter.port = asked.port;
    filter.client = asked.client;
    filter.protocol = asked.protocol;
    filter.number = asked.number;
    if (asked.max) filter.max = static_cast<std::size_t>(*asked.max);
    if (!asked.address.empty()) {
        filter.host = stack::address::parse(asked.address);
        if (!filter.host) return refuse(id, EINVAL, no_address({asked.address, 0}));
    }
    if (asked.foreign != app::endpoint{}) {
        filter.foreign = to_endpoint(asked.foreign);
        if (!filter.foreign) return refuse(id, EINVAL, no_address(asked.foreign));
    }
    auto shown = node_.display(asked.report, filter);
    if (shown.empty() && asked.number)
        return refuse(id, EINVAL,
                      fmt::format("no configuration {} is kept; display history shows those that "
                                  "are",
                                  *asked.number));
    if (shown.empty()) return refuse(id, EINVAL, "there is no report '" + asked.report + "'");
    answer(id, app::displayed{std::move(shown)}, {});
}

void control_session::do_request(std::uint64_t id, app::obeyfile_request const& asked) {
    change(id, asked);
}

void control_session::do_request(std::uint64_t id, app::rollback_request const& asked) {
    change(id, asked);
}

void control_session::do_request(std::uint64_t id, app::confirm_request const& asked) {
    change(id, asked);
}

void control_session::do_request(std::uint64_t id, app::sysplex_request const& asked) {
    if (refuse_change(id)) return;
    if (!asked.dvipa.empty() && !stack::address::parse(asked.dvipa))
        return answer(id,
                      sysplex_reply(asked, {.refused = no_address({asked.dvipa, 0}),
                                            .return_code = app::vipa_bad_parameters}),
                      {});
    node_.vary_sysplex(asked, [self = shared_from_this(), id, asked](vary_outcome outcome) {
        self->answer(id, sysplex_reply(asked, std::move(outcome)), {});
    });
}

bool control_session::refuse_change(std::uint64_t id) {
    bool const refused = !who_.may_change(node_.operators());
    if (refused)
        refuse(id, EPERM, "changes are for root and the operators that the host settings name");
    return refused;
}

template <typename Request>
void control_session::change(std::uint64_t id, Request const& asked) {
    if (refuse_change(id)) return;
    node_.configuration_changes().carry_out(
        asked, who_.name(), [self = shared_from_this(), id](app::reply_body outcome) {
            self->answer(id, std::move(outcome), {});
        });
}

void control_session::do_request(std::uint64_t id, app::ping_request const&) {
    answer(id, node_.identity(), {});
}

}  // namespace tcpplexd
