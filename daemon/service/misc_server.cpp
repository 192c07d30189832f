#include "daemon/service/misc_server.hpp"

#include "daemon/service/misc_connection.hpp"

#include <fmt/format.h>

#include <vector>

namespace tcpplexd {

namespace {

constexpr std::uint16_t backlog = 1024;

}  // namespace

misc_server::misc_server(shard_loop& loop, std::function<void(std::string const&)> complain)
    : loop_(loop), complain_(std::move(complain)) {}

misc_server::~misc_server() = default;

void misc_server::configure(stack::settings const& next) {
    auto const host = misc_host(next);
    auto wanted = misc_ports(next, true);
    std::vector<std::uint64_t> surplus;
    for (auto const& [cookie, open] : listeners_)
        if (open.local.host != host || wanted.erase(open.local.port) == 0)
            surplus.push_back(cookie);
    for (auto const cookie : surplus)
        stop(cookie);
    for (auto const port : wanted)
        start({host, port});
}

void misc_server::start(stack::endpoint const& local) {
    auto const cookie = loop_.enrol(*this);
    auto const socket = loop_.core().open(misc_job, cookie);
    if (!socket) {
        complain_(fmt::format("{} port {}: {}", misc_job, local.port, socket.error().message()));
        loop_.forget(cookie);
        return;
    }
    listeners_.emplace(cookie, listener{*socket, local});
    loop_.core().bind(*socket, local, loop_.now());
    loop_.touch();
}

void misc_server::stop(std::uint64_t cookie) {
    auto const found = listeners_.find(cookie);
    loop_.core().close(found->second.socket, loop_.now());
    loop_.forget(cookie);
    listeners_.erase(found);
    loop_.touch();
}

void misc_server::on_event(stack::event const& what) {
    auto const found = listeners_.find(what.cookie);
    if (found == listeners_.end()) return;
    if (what.error) {
        complain_(fmt::format("{} port {}: {}", misc_job, found->second.local.port,
                              what.error.message()));
        stop(what.cookie);
        return;
    }
    if (what.what == stack::event::kind::bound)
        loop_.core().listen(what.socket, backlog, loop_.now());
    if (what.what == stack::event::kind::acceptable) accept_all(found->second);
    loop_.touch();
}

void misc_server::accept_all(listener const& from) {
    auto const service = static_cast<misc_service>(from.local.port);
    for (;;) {
        auto const cookie = loop_.new_cookie();
        auto const socket = loop_.core().accept(from.socket, cookie);
        if (!socket) return;
        auto const made = connections_.emplace(
            cookie, std::make_unique<misc_connection>(*this, loop_, service, *socket, cookie));
        made.first->second->serve();
    }
}

void misc_server::ended(std::uint64_t cookie) {
    loop_.forget(cookie);
    connections_.erase(cookie);
}

}  // namespace tcpplexd
