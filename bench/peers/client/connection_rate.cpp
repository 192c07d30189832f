#include "histogram.hpp"
#include "measurement.hpp"
#include "modes.hpp"
#include "sockets.hpp"

#include <cerrno>
#include <cstdio>
#include <set>
#include <stdexcept>

#include <sys/socket.h>
#include <unistd.h>

namespace peers {
namespace {

enum class outcome { open, closed, failed };

/// Reads until the peer has closed.
outcome drain(int socket) {
    char byte = 0;
    ssize_t const count = recv(socket, &byte, 1, 0);
    if (count == 0) return outcome::closed;
    return count > 0 || errno == EAGAIN ? outcome::open : outcome::failed;
}

/// Connections from their begin to the peer's FIN, one after the other in each place.
class cycles {
  public:
    cycles(arguments const& asked)
        : connector_(asked),
          passive_(asked.number("passive", 0) != 0),
          places_(static_cast<std::size_t>(asked.number("conns", 64))) {
        for (std::size_t i = 0; i < places_.size(); ++i)
            begin(i);
    }
    ~cycles() {
        for (auto const& each : places_)
            reset(each.socket);
    }
    cycles(cycles const&) = delete;
    cycles& operator=(cycles const&) = delete;

    void step() {
        for (auto const& event : ready_.wait())
            if (goes_on(event.data.u64) != outcome::open) {
                close(places_[event.data.u64].socket);
                begin(event.data.u64);
            }
    }
    void forget() {
        latency_ = {};
        failures_ = 0;
    }
    histogram const& latency() const { return latency_; }
    std::uint64_t failures() const { return failures_; }

  private:
    struct cycle {
        int socket = -1;
        bool connected = false;
        std::uint64_t begun_ns = 0;
    };

    void begin(std::size_t i) {
        int const socket = connector_.begin();
        if (socket < 0) throw std::runtime_error("a connection can't be begun");
        places_[i] = {socket, false, monotonic_ns()};
        ready_.add(socket, EPOLLOUT, i);
    }
    outcome goes_on(std::size_t i) {
        auto& at = places_[i];
        auto result = outcome::open;
        if (!at.connected) {
            if (pending_error(at.socket) != 0) result = outcome::failed;
            at.connected = true;
            if (!passive_) shutdown(at.socket, SHUT_WR);
            ready_.change(at.socket, EPOLLIN, i);
        } else {
            result = drain(at.socket);
        }
        if (result == outcome::closed) latency_.add(monotonic_ns() - at.begun_ns);
        if (result == outcome::failed) ++failures_;
        return result;
    }

    connector connector_;
    bool passive_;
    readiness ready_;
    std::vector<cycle> places_;
    histogram latency_;
    std::uint64_t failures_ = 0;
};

/// How long the stack may take until its first connection is there.
constexpr std::uint64_t patience_ns = 5'000'000'000;

void await_connection(readiness& listener) {
    auto const limit = monotonic_ns() + patience_ns;
    while (listener.wait().empty())
        if (monotonic_ns() > limit) throw std::runtime_error("nobody connected");
}

}  // namespace

void connect_rate(arguments const& asked) {
    cycles all(asked);
    measurement time(asked);
    while (!time.over()) {
        if (time.begins()) all.forget();
        all.step();
    }
    time.print({{"value", static_cast<double>(all.latency().count()) / time.end()},
                {"failures", all.failures()},
                {"p50_us", all.latency().quantile(0.5)},
                {"p99_us", all.latency().quantile(0.99)}});
}

void accept_rate(arguments const& asked) {
    int const listener =
        listen_on("0.0.0.0", static_cast<std::uint16_t>(asked.number("port", 10300)), false);
    readiness ready;
    ready.add(listener, EPOLLIN, static_cast<std::uint64_t>(listener));
    std::fprintf(stderr, "READY\n");
    await_connection(ready);
    measurement time(asked);
    std::set<int> open;
    std::uint64_t closed = 0;
    std::uint64_t failures = 0;
    while (!time.over()) {
        if (time.begins()) closed = failures = 0;
        for (auto const& event : ready.wait()) {
            auto socket = static_cast<int>(event.data.u64);
            if (socket == listener) {
                while ((socket = accept4(listener, nullptr, nullptr,
                                         SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
                    shutdown(socket, SHUT_WR);
                    ready.add(socket, EPOLLIN, static_cast<std::uint64_t>(socket));
                    open.insert(socket);
                }
                continue;
            }
            auto const result = drain(socket);
            if (result == outcome::open) continue;
            ++(result == outcome::closed ? closed : failures);
            open.erase(socket);
            close(socket);
        }
    }
    time.print({{"value", static_cast<double>(closed) / time.end()}, {"failures", failures}});
    close(listener);
    for (int socket : open)
        reset(socket);
}

}  // namespace peers
