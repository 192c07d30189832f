#include "idle_worker.hpp"
#include "modes.hpp"
#include "usage.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <system_error>
#include <vector>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace peers {
namespace {

/// Below the usual limit of 20,000 descriptors.
constexpr std::size_t per_process = 17000;
constexpr std::size_t opening = 256;
constexpr std::size_t active = 64;

struct pipe_ends {
    int read = -1;
    int write = -1;
};

pipe_ends make_pipe() {
    int ends[2];
    if (pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    return {ends[0], ends[1]};
}

class workers {
  public:
    workers(arguments const& asked, std::size_t connections) {
        auto const count = (connections + per_process - 1) / per_process;
        for (std::size_t i = 0; i < count; ++i)
            start(asked, {i, connections / count + (i < connections % count ? 1 : 0),
                          std::max<std::size_t>(1, opening / count),
                          std::max<std::size_t>(1, active / count)});
    }
    void order() const {
        for (auto const& each : all_)
            write_whole(each.write, "x", 1);
    }
    /// The sum of their results.
    idle_result collect() const {
        idle_result sum;
        for (auto const& each : all_) {
            idle_result one;
            read_whole(each.read, &one, sizeof one);
            sum.established += one.established;
            sum.failed += one.failed;
            sum.open_seconds = std::max(sum.open_seconds, one.open_seconds);
            for (std::size_t i = 0; i < one.echo_rates.size(); ++i)
                sum.echo_rates[i] += one.echo_rates[i];
            sum.latency.add(one.latency);
        }
        return sum;
    }

  private:
    void start(arguments const& asked, idle_share const& share) {
        auto const orders = make_pipe();
        auto const results = make_pipe();
        if (fork() == 0) {
            close(orders.write);
            close(results.read);
            for (auto const& other : all_) {
                close(other.read);
                close(other.write);
            }
            try {
                work_idle(asked, share, orders.read, results.write);
                _exit(0);
            } catch (std::exception const& problem) {
                std::fprintf(stderr, "bench_peer_client: %s\n", problem.what());
                _exit(1);
            }
        }
        close(orders.read);
        close(results.write);
        all_.push_back({results.read, orders.write});
    }

    std::vector<pipe_ends> all_;
};

}  // namespace

void hold_idle(arguments const& asked) {
    auto const stack = asked.list("pids");
    workers all(asked, static_cast<std::size_t>(asked.number("conns", 10000)));
    auto const before = read_usage(stack);
    all.order();
    auto const opened = all.collect();
    // Delayed work of the opening is not the idle state.
    constexpr int settling_ms = 1000;
    ::poll(nullptr, 0, settling_ms);
    auto const idle = read_usage(stack);
    all.order();
    auto used = all.collect();
    auto const after = read_usage(stack);
    all.order();
    while (wait(nullptr) > 0) {
    }

    auto const count = static_cast<double>(std::max<std::size_t>(1, opened.established));
    std::sort(used.echo_rates.begin(), used.echo_rates.end());
    boost::json::object const result{
        {"established", opened.established},
        {"failed", opened.failed},
        {"open_rate", count / opened.open_seconds},
        {"value", static_cast<double>(idle.stack_rss_kb - before.stack_rss_kb) * 1024 / count},
        {"slab_bytes",
         static_cast<double>(idle.kernel_slab_kb - before.kernel_slab_kb) * 1024 / count},
        {"echo_rate", used.echo_rates[used.echo_rates.size() / 2]},
        {"stack_us_per_echo",
         (after.stack - idle.stack) * 1e6 /
             static_cast<double>(std::max<std::uint64_t>(1, used.latency.count()))},
        {"p50_us", used.latency.quantile(0.5)},
        {"p99_us", used.latency.quantile(0.99)}};
    std::printf("%s\n", boost::json::serialize(result).c_str());
}

}  // namespace peers
