#include "idle_worker.hpp"

#include "sockets.hpp"
#include "usage.hpp"

#include <algorithm>
#include <cerrno>
#include <random>
#include <set>
#include <stdexcept>

#include <sys/socket.h>
#include <unistd.h>

namespace peers {
namespace {

std::vector<int> open_idle(arguments const& asked, idle_share const& share, idle_result& result) {
    connector to(asked, share.number);
    readiness ready;
    std::set<int> under_way;
    std::vector<int> open;
    auto const begun = monotonic_ns();
    auto const limit = begun + static_cast<std::uint64_t>(asked.seconds("open_secs", 45) * 1e9);
    while (open.size() < share.connections && monotonic_ns() < limit) {
        while (under_way.size() < share.opening &&
               open.size() + under_way.size() < share.connections) {
            int const fd = to.begin();
            if (fd < 0) throw std::runtime_error("a connection can't be begun");
            ready.add(fd, EPOLLOUT | EPOLLONESHOT, static_cast<std::uint64_t>(fd));
            under_way.insert(fd);
        }
        for (auto const& event : ready.wait()) {
            auto const fd = static_cast<int>(event.data.u64);
            under_way.erase(fd);
            if (pending_error(fd) == 0) {
                ready.remove(fd);
                open.push_back(fd);
            } else {
                ++result.failed;
                close(fd);
            }
        }
    }
    for (int fd : under_way)
        close(fd);
    result.established = open.size();
    result.open_seconds = static_cast<double>(monotonic_ns() - begun) / 1e9;
    return open;
}

/// One-byte echoes on random connections.
void use(std::vector<int> const& open, idle_share const& share, idle_result& result) {
    if (open.empty()) return;
    constexpr std::uint64_t warm_up = 300'000'000;
    constexpr std::uint64_t window = 800'000'000;
    readiness ready;
    std::vector<std::uint64_t> sent_ns(open.size());
    for (std::size_t i = 0; i < open.size(); ++i)
        ready.add(open[i], EPOLLIN, i);
    std::mt19937_64 random(share.number);
    auto const ask = [&] {
        auto i = random() % open.size();
        while (sent_ns[i] != 0)
            i = random() % open.size();
        sent_ns[i] = monotonic_ns();
        send(open[i], "x", 1, 0);
    };
    for (std::size_t i = 0; i < std::min(share.active, open.size() / 2 + 1); ++i)
        ask();
    auto next = monotonic_ns() + warm_up;
    std::uint64_t before = 0;
    for (std::size_t passed = 0; passed <= result.echo_rates.size();) {
        if (monotonic_ns() >= next) {
            if (passed > 0)
                result.echo_rates[passed - 1] =
                    static_cast<double>(result.latency.count() - before) / (window / 1e9);
            before = result.latency.count();
            next += window;
            ++passed;
        }
        for (auto const& event : ready.wait()) {
            auto const i = event.data.u64;
            char byte = 0;
            ssize_t const count = recv(open[i], &byte, 1, 0);
            if (count < 0 && errno == EAGAIN) continue;
            if (count <= 0) throw std::runtime_error("an idle connection ended");
            result.latency.add(monotonic_ns() - sent_ns[i]);
            sent_ns[i] = 0;
            ask();
        }
    }
}

}  // namespace

void work_idle(arguments const& asked, idle_share const& share, int orders, int results) {
    char order = 0;
    idle_result result;
    read_whole(orders, &order, 1);
    auto const open = open_idle(asked, share, result);
    write_whole(results, &result, sizeof result);
    read_whole(orders, &order, 1);
    use(open, share, result);
    write_whole(results, &result, sizeof result);
    read_whole(orders, &order, 1);
    for (int fd : open)
        reset(fd);
}

void read_whole(int from, void* bytes, std::size_t size) {
    for (std::size_t done = 0; done < size;) {
        ssize_t const count = read(from, static_cast<char*>(bytes) + done, size - done);
        if (count <= 0) throw std::runtime_error("a worker ended");
        done += static_cast<std::size_t>(count);
    }
}

void write_whole(int to, void const* bytes, std::size_t size) {
    for (std::size_t done = 0; done < size;) {
        ssize_t const count = write(to, static_cast<char const*>(bytes) + done, size - done);
        if (count <= 0) throw std::runtime_error("a worker ended");
        done += static_cast<std::size_t>(count);
    }
}

}  // namespace peers
