#include "internet.hpp"

#include "stack/wire/ipv4.hpp"

#include <utility>

namespace sim {

void internet::route(stack::address const& host, boost::asio::io_context& loop, receiver to) {
    routes_[host] = {&scheduler::current().here(), &loop, std::move(to)};
}

void internet::send(stack::fragments const& from, stack::offload const& meta) {
    packet bytes;
    for (auto const piece : from)
        bytes.insert(bytes.end(), piece.begin(), piece.end());
    auto const found = routes_.find(stack::wire::ipv4_view(bytes).destination());
    if (found == routes_.end() || (loss_ != 0 && fate_.one_in(loss_))) return;
    auto& time = scheduler::current();
    time.at(time.now() + 50 * us + fate_.roll(1 * ms),
            [target = found->second, bytes = std::move(bytes), meta] {
                if (target.on->dead) return;
                target.loop->post([target, bytes, meta] { target.to(bytes, meta); });
            });
}

}  // namespace sim
