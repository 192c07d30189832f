// Sending requests to a stack and sorting its answers.
#include "app/client.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace app {

result<client> client::open(std::string const& socket_path) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    if (socket_path.size() >= sizeof name.sun_path)
        return error{ENAMETOOLONG, "the control socket's path is longer than " +
                                       std::to_string(sizeof name.sun_path - 1) +
                                       " bytes: " + socket_path};
    std::memcpy(name.sun_path, socket_path.data(), socket_path.size());
    descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket) return system_error(errno, "socket");
    if (::connect(socket.get(), reinterpret_cast<sockaddr const*>(&name), sizeof name) == 0)
        return client(std::move(socket), socket_path);
    int const code = errno;
    std::string const what = "control socket " + socket_path;
    if (code == ENOENT) return error{code, what + ": no such socket; is the daemon running?"};
    if (code == ECONNREFUSED)
        return error{code, what + ": nobody listens there; the daemon has ended"};
    if (code == EACCES)
        return error{code, what + ": permission denied; it is for root and the group tcpplex"};
    return system_error(code, what);
}

client::client(descriptor socket, std::string name)
    : channel_(std::move(socket), max_reply), name_(std::move(name)) {}

std::uint64_t client::submit(request_body asked) {
    std::uint64_t const id = ++last_id_;
    request whole{id, std::move(asked)};
    channel_.queue(to_json(whole));
    outstanding_.emplace(id, std::move(whole.body));
    if (auto const sent = channel_.on_writable(); sent.has_error() && !broken_)
        broken_ = sent.error();
    return id;
}

result<std::optional<answer>> client::next(std::optional<clock::time_point> deadline) {
    while (arrived_.empty()) {
        bool ready = false;
        if (auto const waited = wait_until(deadline, ready); waited.has_error())
            return waited.error();
        if (!ready) return std::optional<answer>();
        if (auto const done = exchange(); done.has_error()) broken_ = done.error();
        if (arrived_.empty() && broken_) return lost(*broken_);
    }
    std::optional<answer> first(std::move(arrived_.front()));
    arrived_.pop_front();
    return first;
}

result<void> client::wait_until(std::optional<clock::time_point> deadline, bool& ready) {
    int milliseconds = -1;
    if (deadline) {
        auto const left =
            std::chrono::ceil<std::chrono::milliseconds>(*deadline - clock::now()).count();
        milliseconds = static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000));
    }
    short const events = static_cast<short>(wants_write() ? POLLIN | POLLOUT : POLLIN);
    pollfd watched{native(), events, 0};
    int const count = ::poll(&watched, 1, milliseconds);
    if (count < 0 && errno != EINTR) return system_error(errno, "poll");
    ready = count > 0;
    return {};
}

// Replies first: they are there even when the peer has gone and writing fails.
result<void> client::exchange() {
    std::vector<frame> frames;
    auto const state = channel_.on_readable(frames);
    for (auto& received : frames)
        if (auto const taken = take(std::move(received)); taken.has_error()) return taken.error();
    if (state.has_error()) return state.error();
    if (*state == channel::reading::closed) return error{ECONNRESET, "the daemon has ended"};
    return channel_.on_writable();
}

result<void> client::take(frame received) {
    auto raw = parse_reply(received.body);
    if (raw.has_error()) return raw.error();
    auto const asked = outstanding_.find(raw->id);
    if (asked == outstanding_.end())
        return error{EPROTO,
                     "a reply to request " + std::to_string(raw->id) + ", which was not made"};
    std::uint64_t const id = raw->id;
    auto body = interpret(std::move(*raw), asked->second);
    if (body.has_error()) return body.error();
    outstanding_.erase(asked);
    bool const brings_descriptor =
        std::holds_alternative<connected>(*body) || std::holds_alternative<datagram_socket>(*body);
    if (brings_descriptor && received.descriptor_lost)
        body =
            failed{{EMFILE,
                    "the connection was made, but this process has no file descriptor left for it "
                    "(raise its limit on open files)"}};
    else if (brings_descriptor && !received.attached)
        return error{EPROTO, "a connection came without its descriptor"};
    arrived_.push_back({id, std::move(*body), std::move(received.attached)});
    return {};
}

error client::lost(error const& why) const {
    bool const gone = why.code == ECONNRESET || why.code == EPIPE;
    if (gone) return {ECONNRESET, "the daemon behind " + name_ + " has ended"};
    return {why.code, name_ + ": " + why.message};
}

}  // namespace app
