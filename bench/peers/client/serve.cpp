#include "modes.hpp"
#include "sockets.hpp"
#include "usage.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <map>

#include <netinet/tcp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace peers {
namespace {

volatile std::sig_atomic_t ended = 0;

enum class service : std::uint16_t { echo = 7, discard = 9, chargen = 19 };

constexpr std::size_t chunk = 262144;

class server {
  public:
    explicit server(bool shared) : in_(chunk), out_(chunk, 'c') {
        for (auto what : {service::echo, service::discard, service::chargen}) {
            int const fd = listen_on("0.0.0.0", static_cast<std::uint16_t>(what), shared);
            ends_[fd] = {what, true, {}};
            ready_.add(fd, EPOLLIN, static_cast<std::uint64_t>(fd));
        }
    }

    void step() {
        for (auto const& event : ready_.wait(500)) {
            auto const fd = static_cast<int>(event.data.u64);
            auto& which = ends_[fd];
            if (which.listens) {
                accept_all(fd, which.what);
            } else if (!serve(fd, which, event.events)) {
                ends_.erase(fd);
                close(fd);
            }
        }
    }

  private:
    struct end {
        service what = service::echo;
        bool listens = false;
        std::vector<char> owed;  ///< echo: what the peer has not taken yet
    };

    void accept_all(int listener, service what) {
        int fd = -1;
        while ((fd = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
            int const on = 1;
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            ends_[fd] = {what, false, {}};
            ready_.add(fd, what == service::chargen ? EPOLLOUT | EPOLLRDHUP : EPOLLIN,
                       static_cast<std::uint64_t>(fd));
        }
    }

    /// Whether the connection goes on.
    bool serve(int fd, end& which, std::uint32_t events) {
        switch (which.what) {
            case service::echo:
                return which.owed.empty() ? echo(fd, which) : pay(fd, which);
            case service::discard:
                return goes_on(recv(fd, in_.data(), in_.size(), 0));
            case service::chargen:
                return (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) == 0 &&
                       goes_on(send(fd, out_.data(), out_.size(), 0));
        }
        return false;
    }
    static bool goes_on(ssize_t count) { return count > 0 || (count < 0 && errno == EAGAIN); }

    bool echo(int fd, end& which) {
        ssize_t const got = recv(fd, in_.data(), 65536, 0);
        if (got <= 0) return goes_on(got);
        ssize_t const sent = send(fd, in_.data(), static_cast<std::size_t>(got), 0);
        if (sent < 0 && errno != EAGAIN) return false;
        if (sent == got) return true;
        which.owed.assign(in_.data() + (sent > 0 ? sent : 0), in_.data() + got);
        ready_.change(fd, EPOLLOUT, static_cast<std::uint64_t>(fd));
        return true;
    }
    bool pay(int fd, end& which) {
        ssize_t const sent = send(fd, which.owed.data(), which.owed.size(), 0);
        if (sent > 0) which.owed.erase(which.owed.begin(), which.owed.begin() + sent);
        if (which.owed.empty()) ready_.change(fd, EPOLLIN, static_cast<std::uint64_t>(fd));
        return goes_on(sent);
    }

    readiness ready_;
    std::map<int, end> ends_;
    std::vector<char> in_;
    std::vector<char> out_;
};

}  // namespace

void serve(arguments const& asked) {
    for (int signal : {SIGTERM, SIGINT})
        std::signal(signal, [](int) { ended = 1; });
    auto const processes = asked.number("procs", 1);
    for (long i = 1; i < processes; ++i)
        if (fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            break;
        }
    server all(processes > 1);
    std::printf("READY\n");
    std::fflush(stdout);
    auto const end = monotonic_ns() + static_cast<std::uint64_t>(asked.seconds("secs", 7200) * 1e9);
    while (ended == 0 && monotonic_ns() < end)
        all.step();
}

}  // namespace peers
