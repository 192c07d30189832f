#include "daemon/application/stream.hpp"

#include "daemon/application/unread_byte.hpp"

#include <array>
#include <cerrno>

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace tcpplexd {

namespace {

/// How much one connection may move before the others get their turn.
constexpr std::size_t burst_bytes = 1024 * 1024;

}  // namespace

void stream::start(shard_loop& loop, stack::socket_id socket, std::uint64_t cookie, int descriptor,
                   application_end const& peer) {
    std::shared_ptr<stream> self(new stream(loop, socket, cookie, descriptor, peer));
    self->self_ = self;
    self->run();
}

stream::stream(shard_loop& loop, stack::socket_id socket, std::uint64_t cookie, int descriptor,
               application_end const& peer)
    : loop_(loop),
      application_(loop.io(), descriptor),
      socket_(socket),
      cookie_(cookie),
      peer_(peer) {
    application_.non_blocking(true);
    loop_.enrol(cookie_, *this);
}

stream::~stream() {
    loop_.forget(cookie_);
}

void stream::run() {
    await_application_data();
    await_application_end();
    push_to_application();
}

void stream::on_event(stack::event const& what) {
    auto const keep = shared_from_this();
    switch (what.what) {
        case stack::event::kind::readable:
            if (!writing_) push_to_application();
            break;
        case stack::event::kind::writable:
            if (!reading_ && !sent_fin_) pull_from_application();
            break;
        case stack::event::kind::failed:
            told_end_ = true;  // a reset must not be read as an end
            if (!writing_) push_to_application();
            reset_application();
            break;
        case stack::event::kind::finished:
            finished_ = true;
            if (!writing_) push_to_application();
            break;
        default:
            break;
    }
}

void stream::await_application_data() {
    reading_ = true;
    application_.async_wait(application_.wait_read,
                            [self = shared_from_this()](boost::system::error_code error) {
                                self->reading_ = false;
                                if (!error && self->self_) self->pull_from_application();
                            });
}

void stream::await_application_room() {
    writing_ = true;
    application_.async_wait(application_.wait_write,
                            [self = shared_from_this()](boost::system::error_code error) {
                                self->writing_ = false;
                                if (!error && self->self_) self->push_to_application();
                            });
}

void stream::await_application_end() {
    // EPOLLHUP wakes every wait: it tells a full close after a half close.
    application_.async_wait(application_.wait_error,
                            [self = shared_from_this()](boost::system::error_code error) {
                                if (error || !self->self_) return;
                                if (self->application_gone() && self->sent_fin_)
                                    self->die();
                                else if (!self->application_gone())
                                    self->await_application_end();
                            });
}

bool stream::application_gone() {
    pollfd poll_set{application_.native_handle(), 0, 0};
    return poll(&poll_set, 1, 0) == 1 && (poll_set.revents & POLLHUP) != 0;
}

void stream::pull_from_application() {
    auto const keep = shared_from_this();
    for (std::size_t moved = 0; moved < burst_bytes;) {
        auto const room = loop_.core().writable(socket_);
        if (room.empty()) {
            loop_.touch();
            return;  // event writable continues
        }
        auto const count = read(application_.native_handle(), room.data(), room.size());
        if (count == 0) return application_ended();
        if (count < 0) {
            if (errno == EAGAIN) break;
            if (errno == EINTR) continue;
            // ECONNRESET: the application closed with data unread (RFC 2525 2.17).
            loop_.core().abort(socket_, loop_.now());
            return die();
        }
        loop_.core().produced(socket_, static_cast<std::size_t>(count), loop_.now());
        moved += static_cast<std::size_t>(count);
        loop_.touch();
    }
    await_application_data();
}

void stream::application_ended() {
    sent_fin_ = true;
    if (application_gone())
        return die();  // nobody can read any more: an orderly close goes on without us
    loop_.core().shutdown_send(socket_, loop_.now());
    loop_.touch();
}

void stream::push_to_application() {
    auto const keep = shared_from_this();
    for (;;) {
        auto const data = loop_.core().readable(socket_);
        if (data.empty()) break;
        std::array<iovec, stack::fragments::capacity> pieces{};
        std::size_t used = 0;
        for (auto piece : data)
            pieces[used++] = {const_cast<std::byte*>(piece.data()), piece.size()};
        msghdr message{};
        message.msg_iov = pieces.data();
        message.msg_iovlen = used;
        auto const count =
            sendmsg(application_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN) {
                await_application_room();
                return;
            }
            loop_.core().abort(socket_,
                               loop_.now());  // EPIPE: data for an application that is gone
            return die();
        }
        loop_.core().consume(socket_, static_cast<std::size_t>(count), loop_.now());
        loop_.touch();
    }
    if (!told_end_ && loop_.core().at_end(socket_)) {
        told_end_ = true;
        shutdown(application_.native_handle(), SHUT_WR);
    }
    if (finished_) die();
}

void stream::reset_application() {
    if (!self_) return;
    leave_unread_byte(peer_.process, peer_.inode);
    die();
}

void stream::die() {
    if (!self_) return;
    loop_.forget(cookie_);
    loop_.core().close(socket_, loop_.now());
    loop_.touch();
    boost::system::error_code ignored;
    application_.close(ignored);
    self_.reset();
}

}  // namespace tcpplexd
