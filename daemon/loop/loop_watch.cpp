#include "daemon/loop/loop_watch.hpp"

#include <boost/asio/post.hpp>

namespace tcpplexd {

loop_watch::loop_watch(std::vector<boost::asio::io_context*> const& loops) {
    for (auto* const each : loops) {
        loops_.push_back({each, std::make_shared<std::atomic<bool>>(false), {}});
        ask(loops_.back());
    }
}

void loop_watch::ask(watched& whom) {
    whom.alive->store(false);
    boost::asio::post(*whom.loop, [alive = whom.alive] { alive->store(true); });
}

std::optional<std::size_t> loop_watch::look(duration passed, duration patience) {
    std::optional<std::size_t> silent;
    for (std::size_t i = 0; i < loops_.size(); ++i) {
        auto& each = loops_[i];
        if (each.alive->load()) {
            each.owed = {};
            ask(each);
            continue;
        }
        each.owed += passed;
        if (!silent && each.owed >= patience) silent = i;
    }
    return silent;
}

}  // namespace tcpplexd
