// The connector's part about ports held in blocks (GRAIN above 1).
#include "cf/block/fetch.hpp"
#include "cf/connector.hpp"
#include "cf/refusal.hpp"
#include "cf/step/permission.hpp"

namespace cf {

std::optional<std::uint16_t> connector::take_from(block_pool& held, port_words const& excluded) {
    if (!may_use_held()) return std::nullopt;
    return held.take(excluded, random());
}

bool connector::wants_blocks(dvipa const& of) const {
    auto const* held = pools_.find(of);
    return held != nullptr && held->is_low();
}

result<> connector::refill(dvipa const& of, port_words const& excluded, patience how) {
    if (auto may = may_take_from(of); !may) return may;
    step::outcome<> permitted{};
    block_fetch blocks(pools_, of);
    want wanted{.step = step_kind::allocate, .how = how};
    auto updated = update(of, wanted, [&](view& structures) {
        permitted = step::may_take(structures, self_.slot);
        if (permitted) (void)blocks.fetch(structures, self_.slot, excluded);
    });
    if (!updated) return updated.error();
    if (!permitted) return refusal(permitted.error(), of);
    blocks.keep(0);
    return {};
}

result<> connector::tend(block_pool::clock::time_point now) {
    result<> outcome;
    pools_.each([&](dvipa const& of, block_pool& held) {
        if (held.count().ports == 0) {
            // What was withdrawn, and could not be returned then.
            auto const returned = flush(of, patience::wait);
            if (!returned) outcome = returned.error();
            return;
        }
        auto const in_force = settings(of);
        if (!in_force) return void(outcome = in_force.error());
        bool const on = in_force->state == sharing_state::on;
        auto const spared = on ? held.withdraw_idle(now) : held.withdraw_all();
        if (spared.empty()) return;
        auto const returned = give_back(of, owed_work::all_of(spared), patience::wait);
        if (!returned) outcome = returned.error();
    });
    return outcome;
}

bool connector::holds_blocks() const {
    bool any = false;
    pools_.each([&](dvipa const&, block_pool const& held) { any |= held.count().ports != 0; });
    return any;
}

result<connector::recalled> connector::recall(dvipa const& of, std::uint16_t port) {
    auto* held = pools_.find(of);
    if (held == nullptr) return recalled::not_held;
    if (port != 0 && !held->has(port)) return recalled::not_held;
    block_run spared;
    if (port == 0)
        spared = held->withdraw_some();
    else if (held->withdraw(port))
        spared = {{word_of(port), bit_of(port)}};
    if (spared.empty()) return recalled::in_use;
    auto returned = give_back(of, owed_work::all_of(spared), patience::wait);
    if (!returned) return returned.error();
    return recalled::given_back;
}

block_pool::counts connector::blocks(dvipa const& of) const {
    auto const* held = pools_.find(of);
    return held == nullptr ? block_pool::counts{} : held->count();
}

}  // namespace cf
