// One connection of a batch.
#include "operator/connect/echo.hpp"

#include "operator/stream/blocking.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace operators {

echo_exchange::echo_exchange(app::descriptor stream, std::string_view bytes, bool expect_echo)
    : stream_(std::move(stream)), bytes_(bytes), expect_echo_(expect_echo) {
    set_blocking(stream_.get(), false);
}

// Input is asked for only where it is also read: readiness is level triggered.
std::uint32_t echo_exchange::wanted_events() const {
    bool const sending = sent_ < bytes_.size();
    std::uint32_t const input = expect_echo_ || !sending ? std::uint32_t{EPOLLIN} : 0;
    return input | (sending ? std::uint32_t{EPOLLOUT} : 0);
}

echo_exchange::state echo_exchange::fail(int code) {
    error_ = code;
    return state::failed;
}

echo_exchange::state echo_exchange::advance() {
    if (!send_some() || (expect_echo_ && !receive_some())) return state::failed;
    bool const done = sent_ == bytes_.size() && (!expect_echo_ || returned_ == bytes_.size());
    return done ? state::done : state::busy;
}

bool echo_exchange::send_some() {
    while (sent_ < bytes_.size()) {
        ssize_t const taken =
            ::send(native(), bytes_.data() + sent_, bytes_.size() - sent_, MSG_NOSIGNAL);
        if (taken < 0 && (errno == EAGAIN || errno == EINTR)) return true;
        // EPIPE only says that the connection has ended; what the peer sent before tells whether by
        // a reset.
        if (taken < 0) return fail(errno == EPIPE ? ECONNRESET : errno), false;
        sent_ += static_cast<std::size_t>(taken);
    }
    return true;
}

bool echo_exchange::receive_some() {
    std::array<char, 16384> buffer;
    while (returned_ < bytes_.size()) {
        ssize_t const got = ::recv(native(), buffer.data(), buffer.size(), 0);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
        if (got < 0) return fail(errno), false;
        auto const size = static_cast<std::size_t>(got);
        bool const same = size <= bytes_.size() - returned_ &&
                          std::memcmp(buffer.data(), bytes_.data() + returned_, size) == 0;
        if (got == 0 || !same) return fail(EPROTO), false;
        returned_ += size;
    }
    return true;
}

// Bytes that nobody asked for are as wrong as an end where an echo was checked; otherwise only an
// end matters.
bool echo_exchange::still_open() {
    std::array<char, 16384> buffer;
    for (;;) {
        ssize_t const got = ::recv(native(), buffer.data(), buffer.size(), 0);
        if (got < 0) return errno == EAGAIN || errno == EINTR;
        if (got == 0 || expect_echo_) return false;
    }
}

void echo_exchange::half_close() {
    ::shutdown(native(), SHUT_WR);
}

echo_exchange::state echo_exchange::await_end() {
    std::array<char, 16384> buffer;
    for (;;) {
        ssize_t const got = ::recv(native(), buffer.data(), buffer.size(), 0);
        if (got == 0) return state::done;
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return state::busy;
        if (got < 0) return fail(errno);
        if (expect_echo_) return fail(EPROTO);
    }
}

}  // namespace operators
