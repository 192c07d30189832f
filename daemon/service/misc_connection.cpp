#include "daemon/service/misc_connection.hpp"

#include "daemon/service/chargen_text.hpp"
#include "daemon/service/misc_server.hpp"

#include <algorithm>
#include <cstring>

namespace tcpplexd {

misc_connection::misc_connection(misc_server& server, shard_loop& loop, misc_service service,
                                 stack::socket_id socket, std::uint64_t cookie)
    : server_(server), loop_(loop), service_(service), cookie_(cookie), socket_(socket) {
    loop.enrol(cookie, *this);
}

void misc_connection::on_event(stack::event const& what) {
    if (what.what == stack::event::kind::failed || what.what == stack::event::kind::finished) {
        loop_.core().close(socket_, loop_.now());
        loop_.touch();
        server_.ended(cookie_);  // destroys this
        return;
    }
    serve();
}

void misc_connection::serve() {
    switch (service_) {
        case misc_service::echo:
            echo();
            break;
        case misc_service::discard:
            discard();
            break;
        case misc_service::chargen:
            discard();
            generate();
            break;
    }
    if (!sent_fin_ && loop_.core().at_end(socket_)) {
        sent_fin_ = true;
        loop_.core().shutdown_send(socket_, loop_.now());
    }
    loop_.touch();
}

void misc_connection::echo() {
    auto& core = loop_.core();
    for (;;) {
        auto const data = core.readable(socket_);
        if (data.empty()) return;
        auto const room = core.writable(socket_);
        if (room.empty()) return;  // event writable continues
        auto const piece = *data.begin();
        auto const count = std::min(piece.size(), room.size());
        std::memcpy(room.data(), piece.data(), count);
        core.produced(socket_, count, loop_.now());
        core.consume(socket_, count, loop_.now());
    }
}

void misc_connection::discard() {
    for (;;) {
        auto const count = loop_.core().readable(socket_).bytes();
        if (count == 0) return;
        loop_.core().consume(socket_, count, loop_.now());
    }
}

void misc_connection::generate() {
    auto& core = loop_.core();
    constexpr auto chunk = stack::chunk_pool::chunk_size;
    static_assert(chunk <= chargen_together);
    while (!sent_fin_) {
        auto const text = chargen_text().subspan(at_);
        std::size_t count = chunk;
        if (!core.lend(socket_, text.first<chunk>(), loop_.now())) {
            auto const room = core.writable(socket_);
            if (room.empty()) return;
            count = std::min(room.size(), text.size());
            std::memcpy(room.data(), text.data(), count);
            core.produced(socket_, count, loop_.now());
        }
        at_ = (at_ + static_cast<std::uint32_t>(count)) % chargen_period;
    }
}

}  // namespace tcpplexd
