// A daemon in the test's process.
#include "fake_daemon.hpp"

#include <filesystem>
#include <stdexcept>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tests {

fake_daemon::fake_daemon(handler answer, std::string const& stack) : answer_(std::move(answer)) {
    std::string pattern = std::filesystem::temp_directory_path() / "tcpplex-test-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    directory_ = pattern;
    path_ = directory_ + "/" + stack + ".sock";
    listener_.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    path_.copy(name.sun_path, sizeof name.sun_path - 1);
    if (::bind(listener_.get(), reinterpret_cast<sockaddr const*>(&name), sizeof name) != 0 ||
        ::listen(listener_.get(), 16) != 0)
        throw std::runtime_error("control socket " + path_);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    stop_read_.reset(ends[0]);
    stop_write_.reset(ends[1]);
    thread_ = std::jthread([this] { run(); });
}

fake_daemon::~fake_daemon() {
    stop_write_.reset();
    thread_.join();
    std::filesystem::remove_all(directory_);
}

void fake_daemon::run() {
    std::list<session> sessions;
    for (;;) {
        std::vector<pollfd> watched{{stop_read_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
        for (auto const& each : sessions) {
            short const events =
                static_cast<short>(each.channel.wants_write() ? POLLIN | POLLOUT : POLLIN);
            watched.push_back({each.channel.native(), events, 0});
        }
        if (::poll(watched.data(), watched.size(), -1) < 0) continue;
        if (watched[0].revents != 0) return;
        std::size_t at = 2;
        for (auto each = sessions.begin(); each != sessions.end();) {
            bool const stays = watched[at++].revents == 0 || serve(*each);
            if (stays)
                ++each;
            else
                each = sessions.erase(each);
        }
        if (watched[1].revents != 0)
            sessions.push_back({app::channel(app::descriptor(::accept4(listener_.get(), nullptr,
                                                                       nullptr, SOCK_CLOEXEC)),
                                             app::max_request),
                                {}});
    }
}

bool fake_daemon::serve(session& with) {
    std::vector<app::frame> frames;
    auto const state = with.channel.on_readable(frames);
    for (auto const& received : frames)
        if (!answer(with, received)) return false;
    if (state.has_error() || *state == app::channel::reading::closed) return false;
    return !with.channel.on_writable().has_error();
}

bool fake_daemon::answer(session& with, app::frame const& received) {
    auto const asked = app::parse_request(received.body);
    if (asked.has_error()) {
        send(with, asked.error().id, {app::failed{asked.error().why}});
        return true;
    }
    response what = answer_(*asked);
    if (what.die) return false;
    if (what.later) {
        with.later.push_back({asked->id, std::move(what)});
        return true;
    }
    send(with, asked->id, std::move(what));
    for (; !with.later.empty(); with.later.pop_front())
        send(with, with.later.front().id, std::move(with.later.front().what));
    return true;
}

void fake_daemon::send(session& with, std::uint64_t id, response what) {
    std::string body =
        what.raw.empty() ? app::to_json(app::reply{id, std::move(what.body)}) : what.raw;
    with.channel.queue(std::move(body), std::move(what.attached));
}

}  // namespace tests
