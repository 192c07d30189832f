#include "clients.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace sim {

namespace {

constexpr std::size_t message = 100;
constexpr nanos patience = 20 * s;

nanos machine_time() {
    return cf::steady_clock::now().time_since_epoch().count();
}

}  // namespace

clients::clients(boost::asio::io_context& io, tcpplexd::shard_loop& loop, dice& fate,
                 std::vector<stack::endpoint> servers, std::size_t most)
    : timer_(io), loop_(loop), fate_(fate), servers_(std::move(servers)), most_(most) {}

void clients::pause() {
    timer_.expires_after(std::chrono::nanoseconds(fate_.roll(80 * ms)));
    timer_.async_wait([this](boost::system::error_code error) {
        if (error) return;
        turn();
        pause();
    });
}

void clients::turn() {
    std::vector<std::uint64_t> over;
    for (auto const& [cookie, one] : sockets_)
        if (machine_time() >= one.until || (stopping_ && one.established)) over.push_back(cookie);
    for (auto const cookie : over)
        end(cookie);
    if (!stopping_ && sockets_.size() < most_) open();
    loop_.touch();
}

void clients::open() {
    ++counts_.asked;
    auto const cookie = loop_.enrol(*this);
    auto const socket = loop_.core().open("LOAD", cookie);
    if (!socket) return loop_.forget(cookie);
    sockets_[cookie] = {*socket, message, machine_time() + patience, false};
    auto const& server =
        servers_[static_cast<std::size_t>(fate_.roll(static_cast<nanos>(servers_.size())))];
    loop_.core().connect(*socket, server, loop_.now());
}

void clients::end(std::uint64_t cookie) {
    auto const found = sockets_.find(cookie);
    if (found == sockets_.end()) return;
    if (fate_.one_in(3))
        loop_.core().abort(found->second.socket, loop_.now());
    else
        loop_.core().close(found->second.socket, loop_.now());
    loop_.forget(cookie);
    sockets_.erase(found);
}

void clients::on_event(stack::event const& what) {
    using kind = stack::event::kind;
    auto const found = sockets_.find(what.cookie);
    if (found == sockets_.end()) return;
    auto& self = found->second;
    if (what.what == kind::connected && !what.error) {
        ++counts_.connected;
        self.established = true;
        auto const room = loop_.core().writable(self.socket);
        auto const count = std::min(room.size(), message);
        std::fill_n(room.begin(), count, std::byte{0x2a});
        loop_.core().produced(self.socket, count, loop_.now());
    } else if (what.what == kind::readable) {
        auto const came = loop_.core().readable(self.socket).bytes();
        loop_.core().consume(self.socket, came, loop_.now());
        self.missing -= std::min(came, self.missing);
        if (came != 0 && self.missing == 0) {
            ++counts_.echoed;
            self.until = machine_time() + (fate_.one_in(3) ? 0 : fate_.roll(4 * s));
        }
        if (loop_.core().at_end(self.socket)) end(what.cookie);
    } else if (what.error || what.what == kind::finished || what.what == kind::failed) {
        end(what.cookie);
    }
    loop_.touch();
}

echo_server::echo_server(tcpplexd::shard_loop& loop, std::vector<stack::endpoint> const& at)
    : loop_(loop) {
    for (auto const& local : at) {
        auto const cookie = loop_.enrol(*this);
        auto const socket = loop_.core().open("ECHO", cookie).value();
        loop_.core().bind(socket, local, loop_.now());
        loop_.core().listen(socket, 100, loop_.now());
        sockets_[cookie] = socket;
        listeners_.push_back(socket);
    }
    loop_.touch();
}

void echo_server::stop() {
    for (auto const& socket : listeners_)
        loop_.core().close(socket, loop_.now());
    listeners_.clear();
    loop_.touch();
}

void echo_server::on_event(stack::event const& what) {
    using kind = stack::event::kind;
    auto const found = sockets_.find(what.cookie);
    if (found == sockets_.end()) return;
    auto const socket = found->second;
    if (what.what == kind::acceptable) {
        for (;;) {
            auto const cookie = loop_.enrol(*this);
            auto const accepted = loop_.core().accept(socket, cookie);
            if (!accepted) {
                loop_.forget(cookie);
                break;
            }
            sockets_[cookie] = *accepted;
            echo(cookie);
        }
    } else if (what.what == kind::readable || what.what == kind::writable) {
        echo(what.cookie);
    } else if (what.what == kind::failed || what.what == kind::finished) {
        loop_.core().close(socket, loop_.now());
        loop_.forget(what.cookie);
        sockets_.erase(what.cookie);
    }
    loop_.touch();
}

void echo_server::echo(std::uint64_t cookie) {
    auto& core = loop_.core();
    auto const socket = sockets_.at(cookie);
    for (;;) {
        auto const came = core.readable(socket);
        auto const room = core.writable(socket);
        if (came.empty() || room.empty()) break;
        auto const first = *came.begin();
        auto const count = std::min(first.size(), room.size());
        std::copy_n(first.begin(), count, room.begin());
        core.produced(socket, count, loop_.now());
        core.consume(socket, count, loop_.now());
    }
    if (!core.at_end(socket)) return;
    core.close(socket, loop_.now());
    loop_.forget(cookie);
    sockets_.erase(cookie);
}

}  // namespace sim
