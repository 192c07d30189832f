#include "daemon/application/datagram_pipe.hpp"

#include <array>
#include <cerrno>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

namespace tcpplexd {

namespace {

/// How many packets one socket may move before the others get their turn.
constexpr unsigned burst_packets = 64;

app::address_bytes to_app(stack::address const& from) {
    return from.is_unspecified() ? app::address_bytes{} : from.bytes();
}

app::datagram_header header_of(stack::endpoint const& peer) {
    app::datagram_header header;
    header.peer = to_app(peer.host);
    header.port = peer.port;
    return header;
}

}  // namespace

app::result<stack::four_tuple> datagram_pipe::open(shard_loop& loop, std::string const& job,
                                                   datagram_name const& wanted, int descriptor) {
    std::shared_ptr<datagram_pipe> const self(new datagram_pipe(loop, job, descriptor));
    if (auto const error = self->name(wanted)) {
        self->die();
        return app::error{error.value(), explain(wanted, error)};
    }
    self->await_application_data();
    self->await_application_end();
    return *self->sockets().name(self->socket_);
}

datagram_pipe::datagram_pipe(shard_loop& loop, std::string const& job, int descriptor)
    : loop_(loop),
      application_(loop.io(), descriptor),
      cookie_(loop.enrol(*this)),
      socket_(sockets().open(job, cookie_)) {
    application_.non_blocking(true);
}

stack::error_code datagram_pipe::name(datagram_name const& wanted) {
    bool const connected = wanted.remote.port != 0;
    // connect() gives a socket without a name one that fits.
    if (!connected || wanted.local.port != 0 || !wanted.local.host.is_unspecified())
        if (auto const error = sockets().bind(socket_, wanted.local, wanted.options)) return error;
    return connected ? sockets().connect(socket_, wanted.remote) : stack::error_code{};
}

void datagram_pipe::on_datagrams(std::uint64_t) {
    if (!writing_) push_to_application();
}

void datagram_pipe::await_application_data() {
    if (std::exchange(reading_, true)) return;
    application_.async_wait(application_.wait_read,
                            [self = shared_from_this()](boost::system::error_code error) {
                                self->reading_ = false;
                                if (!error && self->is_open()) self->pull_from_application();
                            });
}

void datagram_pipe::await_application_room() {
    writing_ = true;
    application_.async_wait(application_.wait_write,
                            [self = shared_from_this()](boost::system::error_code error) {
                                self->writing_ = false;
                                if (!error && self->is_open()) self->push_to_application();
                            });
}

void datagram_pipe::await_application_end() {
    // EPOLLHUP wakes every wait: it tells a full close after shutdown(SHUT_WR).
    application_.async_wait(application_.wait_error,
                            [self = shared_from_this()](boost::system::error_code error) {
                                if (error || !self->is_open()) return;
                                if (self->application_gone())
                                    self->pull_from_application();  // what it wrote before
                                else
                                    self->await_application_end();
                            });
}

bool datagram_pipe::application_shows(short event) {
    pollfd poll_set{application_.native_handle(), event, 0};
    return poll(&poll_set, 1, 0) == 1 && (poll_set.revents & event) != 0;
}

void datagram_pipe::pull_from_application() {
    auto const keep = shared_from_this();
    // One for all sockets, which are on one thread; a byte more than a packet may have, so that a
    // longer one is seen to be.
    static std::array<std::byte, app::datagram_header_length + app::longest_datagram + 1> room;
    for (unsigned i = 0; i < burst_packets; ++i) {
        auto const count = recv(application_.native_handle(), room.data(), room.size(), 0);
        // ECONNRESET: it left something unread when it closed; what it wrote comes next.
        if (count < 0 && (errno == EINTR || errno == ECONNRESET)) continue;
        if (count < 0 && errno == EAGAIN) break;
        if (count < 0 || (count == 0 && application_gone())) return die();
        // It writes no more, and may still read; else the packet was empty.
        if (count == 0 && application_shows(POLLRDHUP)) return;
        send(std::span(room).first(static_cast<std::size_t>(count)));
    }
    push_to_application();
    if (is_open()) await_application_data();
}

void datagram_pipe::send(std::span<std::byte const> packet) {
    auto const header = app::parse_datagram_header(packet);
    if (!header || header->what != app::datagram_header::kind::data || header->lost != 0)
        return not_sent(EINVAL, {});
    auto const payload = packet.subspan(app::datagram_header_length);
    if (payload.size() > app::longest_datagram) return not_sent(EMSGSIZE, *header);
    std::optional<stack::endpoint> to;
    if (header->peer != app::address_bytes{} || header->port != 0)
        to = stack::endpoint{stack::address(header->peer), header->port};
    push_error();  // one that waits would be told instead of sending
    stack::fragments pieces;
    pieces.push_back(payload);
    auto const error =
        sockets().send(socket_, to, pieces, loop_.now(), stack::address(header->local));
    loop_.touch();
    if (error) not_sent(error.value(), *header);
}

void datagram_pipe::not_sent(int error, app::datagram_header const& to) {
    ++unsent_;
    error_.emplace();
    error_->error = static_cast<std::uint16_t>(error);
    error_->peer = to.peer;
    error_->port = to.port;
}

void datagram_pipe::push_to_application() {
    auto const keep = shared_from_this();
    while (is_open() && !writing_ && push_error()) {
        auto const waiting = sockets().front(socket_);
        if (!waiting) return;
        auto header = header_of(waiting->source);
        header.local = to_app(waiting->local);
        header.lost = static_cast<std::uint32_t>(sockets().count(socket_)->datagrams_lost);
        if (!write_packet(header, waiting->payload)) return;
        sockets().pop(socket_);
    }
}

/// False while the error waits for room.
bool datagram_pipe::push_error() {
    if (auto const told = sockets().take_error(socket_)) {
        auto const known_as = sockets().name(socket_);
        error_ = header_of(known_as ? known_as->remote : stack::endpoint{});
        error_->error = static_cast<std::uint16_t>(told.value());
    }
    if (!error_) return true;
    if (writing_) return false;
    error_->what = app::datagram_header::kind::error;
    error_->lost = unsent_;
    if (!write_packet(*error_, {})) return false;
    error_.reset();
    return true;
}

/// False if the application is gone, or has to read first.
bool datagram_pipe::write_packet(app::datagram_header const& header,
                                 stack::fragments const& payload) {
    auto head = app::to_bytes(header);
    std::array<iovec, 1 + stack::fragments::capacity> pieces{};
    std::size_t used = 0;
    pieces[used++] = {head.data(), head.size()};
    for (auto piece : payload)
        pieces[used++] = {const_cast<std::byte*>(piece.data()), piece.size()};
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = used;
    for (;;) {
        if (sendmsg(application_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0)
            return true;
        if (errno == EINTR) continue;
        if (errno == EAGAIN)
            await_application_room();
        else if (!application_shows(POLLIN))
            die();  // else what it wrote before it went is sent first
        return false;
    }
}

void datagram_pipe::die() {
    if (!is_open()) return;
    loop_.forget(cookie_);
    sockets().close(socket_);
    boost::system::error_code ignored;
    application_.close(ignored);
}

}  // namespace tcpplexd
