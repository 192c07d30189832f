// One thread a direction, with blocking reads and writes: neither can hold up the other.
#include "operator/stream/pump.hpp"

#include "operator/context.hpp"
#include "operator/stream/blocking.hpp"

#include <cerrno>
#include <optional>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace operators {

namespace {

constexpr std::size_t buffer_size = std::size_t{256} << 10;

ssize_t read_again(int fd, std::vector<char>& buffer) {
    for (;;) {
        ssize_t const got = ::read(fd, buffer.data(), buffer.size());
        if (got >= 0 || (errno != EINTR && errno != EAGAIN)) return got;
        pollfd ready{fd, POLLIN, 0};
        if (errno == EAGAIN)
            ::poll(&ready, 1, -1);  // a non-blocking input that a parent process gave us
    }
}

/// Waits until `input` can be read; false if it can't be and `peer_closed` has been signalled.
bool wait_for_input(int input, int peer_closed) {
    pollfd watched[2] = {{input, POLLIN, 0}, {peer_closed, POLLIN, 0}};
    while (::poll(watched, 2, -1) < 0 && errno == EINTR) {
    }
    return watched[0].revents != 0;
}

void send_input(int stream, int input, int peer_closed) {
    std::vector<char> buffer(buffer_size);
    while (wait_for_input(input, peer_closed)) {
        ssize_t const got = read_again(input, buffer);
        if (got <= 0) break;
        // A failure here is one of the connection: the other direction reads and reports it.
        if (!write_text(stream, {buffer.data(), static_cast<std::size_t>(got)})) return;
    }
    ::shutdown(stream, SHUT_WR);
}

app::result<void> receive_output(int stream, int output) {
    std::vector<char> buffer(buffer_size);
    for (;;) {
        ssize_t const got = read_again(stream, buffer);
        if (got == 0) return {};
        if (got < 0) return app::system_error(errno, "connection");
        if (write_text(output, {buffer.data(), static_cast<std::size_t>(got)})) continue;
        ::shutdown(stream, SHUT_RDWR);  // ends the sending thread's writes
        return app::error{EPIPE, "standard output is closed"};
    }
}

}  // namespace

app::result<void> pump(app::descriptor const& stream, int input, int output) {
    set_blocking(stream.get(), true);
    app::descriptor const peer_closed(::eventfd(0, EFD_CLOEXEC));
    if (!peer_closed) return app::system_error(errno, "eventfd");
    std::jthread sender([&] { send_input(stream.get(), input, peer_closed.get()); });
    auto const outcome = receive_output(stream.get(), output);
    std::uint64_t const one = 1;
    if (::write(peer_closed.get(), &one, sizeof one) < 0)
        return app::system_error(errno, "eventfd");
    return outcome;
}

}  // namespace operators
