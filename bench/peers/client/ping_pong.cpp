#include "histogram.hpp"
#include "measurement.hpp"
#include "modes.hpp"
#include "sockets.hpp"

#include <algorithm>
#include <cerrno>
#include <stdexcept>

#include <sys/socket.h>

namespace peers {

void ping_pong(arguments const& asked) {
    auto const size = static_cast<std::size_t>(asked.number("size", 1));
    auto const sockets =
        connector(asked).open_all(static_cast<std::size_t>(asked.number("conns", 1)));
    struct request {
        std::size_t answered = 0;
        std::uint64_t sent_ns = 0;
    };
    std::vector<request> requests(sockets.size());
    std::vector<char> const out(size, 'p');
    std::vector<char> in(std::max<std::size_t>(size, 65536));
    auto const ask = [&](std::size_t i) {
        requests[i] = {0, monotonic_ns()};
        if (send(sockets[i], out.data(), size, 0) != static_cast<ssize_t>(size))
            throw std::runtime_error("a request was cut");
    };

    readiness ready;
    measurement time(asked);
    histogram latency;
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        ready.add(sockets[i], EPOLLIN, i);
        ask(i);
    }
    while (!time.over()) {
        if (time.begins()) latency = {};
        for (auto const& event : ready.wait()) {
            auto const i = event.data.u64;
            ssize_t const count = recv(sockets[i], in.data(), in.size(), 0);
            if (count < 0 && errno == EAGAIN) continue;
            if (count <= 0) throw std::runtime_error("a connection ended");
            requests[i].answered += static_cast<std::size_t>(count);
            if (requests[i].answered < size) continue;
            latency.add(monotonic_ns() - requests[i].sent_ns);
            ask(i);
        }
    }
    time.print({{"value", static_cast<double>(latency.count()) / time.end()},
                {"p50_us", latency.quantile(0.5)},
                {"p99_us", latency.quantile(0.99)}});
    for (int socket : sockets)
        reset(socket);
}

}  // namespace peers
