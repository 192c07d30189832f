#include "network.hpp"

#include "daemon/sysplex/mesh.hpp"

#include <algorithm>

namespace sim {

void xcf_network::enter(std::string const& name, tcpplexd::mesh& who,
                        boost::asio::io_context& loop) {
    places_[name] = {&who, &loop, &scheduler::current().here()};
}

void xcf_network::send(std::string const& from, std::string const& to,
                       std::function<void(tcpplexd::mesh&)> what) {
    auto& time = scheduler::current();
    auto const found = places_.find(to);
    if (found == places_.end() || is_cut(from, to)) return;
    auto& last = last_[{from, to}];
    last = std::max(last, time.now() + 20 * us + fate_.roll(500 * us));
    time.at(last, [this, from, to, target = found->second, what = std::move(what)] {
        if (is_cut(from, to) || target.on->dead) return;
        target.loop->post([target, what] { what(*target.who); });
    });
}

bool xcf_network::is_cut(std::string const& one, std::string const& other) const {
    return cuts_.count(pair_of(one, other)) != 0;
}

void xcf_network::break_link(std::string const& at, std::string const& peer, nanos when) {
    auto const found = places_.find(at);
    if (found == places_.end() || found->second.on->dead) return;
    auto const target = found->second;
    target.loop->post([target, peer, when] { target.who->lost(peer, when); });
}

// Each side notices it in its own time.
void xcf_network::cut(std::string const& one, std::string const& other) {
    cuts_.insert(pair_of(one, other));
    auto& time = scheduler::current();
    auto const now = time.now();
    time.at(now + fate_.roll(1 * s), [=, this] { break_link(one, other, now); });
    time.at(now + fate_.roll(1 * s), [=, this] { break_link(other, one, now); });
}

void xcf_network::mend() {
    cuts_.clear();
}

void xcf_network::died(std::string const& name) {
    for (auto const& [other, there] : places_)
        if (other != name) break_link(other, name, scheduler::current().now());
}

}  // namespace sim
