// The node's part in fencing: what ends, and how it takes part again.
#include "daemon/loop/log.hpp"
#include "daemon/node/node.hpp"
#include "stack/socket/port_source.hpp"

namespace tcpplexd {

// Those whose ports are not shared too: another stack may be their owner by then.
std::vector<stack::address> node::all_dvipas() const {
    std::vector<stack::address> result;
    for (auto const& each : settings_->dvipas)
        result.push_back(each.host);
    return result;
}

void node::guard_dvipas() {
    auto const* const lease = facility_->own_lease();
    if (lease == nullptr) return;
    auto const guarded = all_dvipas();
    fencing_.need(!guarded.empty());
    for (std::size_t i = 0; i < loops_.size(); ++i)
        loops_[i]->run([&](shard_loop&) { fences_[i].guard(guarded, lease->deadline()); });
}

void node::fence() {
    starting_over_.interrupt();
    bridge_.fence();
    auto fenced = all_dvipas();
    fenced.push_back(stack::explicit_bind_pool);
    for (auto const& each : fenced)
        held_ports_.forget(each);
    for (auto* const each : loops_)
        each->run([&](shard_loop& loop) {
            for (auto const& dvipa : fenced)
                loop.core().fence(dvipa, loop.now());
            loop.touch();
        });
}

void node::take_part_again() {
    log_message(severity::info,
                "coupling facility: nobody has taken this stack's ports; it gives them back and "
                "takes part again");
    starting_over_.begin();
}

void node::declared_dead() {
    if (end_ && !all_dvipas().empty()) return end_();
    log_message(severity::error,
                "the other stacks have declared this one dead: restart it, it cannot share DVIPAs "
                "as it is");
}

}  // namespace tcpplexd
