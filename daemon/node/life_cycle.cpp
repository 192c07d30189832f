// A DVIPA comes to this stack, stays in Moving as long as it is used, and goes.
#include "daemon/change/translate.hpp"
#include "daemon/loop/log.hpp"
#include "daemon/node/node.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace tcpplexd {

namespace {

using kind = dvipa_definition::kind;
using role = stack::dvipa_settings::role;

/// How long after its last use a DVIPA that only waits for that goes, at most.
constexpr auto watch_interval = std::chrono::seconds(1);

/// How long an application waits for a DVIPA that another stack has to pass.
constexpr auto owner_patience = std::chrono::seconds(1);

dvipa_definition const* definition_in(std::vector<dvipa_definition> const& all,
                                      stack::address const& host) {
    auto const found =
        std::find_if(all.begin(), all.end(), [&](auto const& each) { return each.host == host; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::int64_t now_in_ms() {
    auto const now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

member_definitions node::own_definitions(parser::configuration const& from) const {
    if (!joined_) {
        member_definitions nothing;
        nothing.joined = false;
        return nothing;
    }
    auto result = definitions(from);
    result.explicit_bind = bind_range_.get();
    for (auto& each : result.dvipas) {
        if (auto const known = defined_since_.find(each.host); known != defined_since_.end())
            each.since = known->second;
        each.deactivated = deactivated_.contains(each.host);
        auto const before = of_last_owners_.find(each.host);
        if (each.origin != kind::backup || before == of_last_owners_.end()) continue;
        // VIPABACKUP: what it does not say itself is as the owner had it.
        if (each.distributions.empty()) each.distributions = before->second.distributions;
        if (!each.activates) each.immediate = before->second.immediate;
        if (!each.activates) each.prefix_length = before->second.prefix_length;
    }
    for (auto const& each : made_in_range_)
        if (definition_in(result.dvipas, each.host) == nullptr) result.dvipas.push_back(each);
    return result;
}

void node::note_definitions() {
    auto const now = now_in_ms();
    std::map<stack::address, std::int64_t> since;
    for (auto const& each : definitions(configuration_).dvipas) {
        auto const known = defined_since_.find(each.host);
        since.emplace(each.host, known != defined_since_.end() ? known->second : now);
    }
    defined_since_ = std::move(since);
    std::erase_if(deactivated_, [&](auto const& each) { return !defined_since_.contains(each); });
    std::erase_if(of_last_owners_,
                  [&](auto const& each) { return !defined_since_.contains(each.first); });
}

void node::note_owners() {
    auto const& members = group_->members();
    for (auto const& each : configuration_.dvipas) {
        auto const host = to_stack(each.address);
        auto const* const owner = owner_of(host, members);
        if (owner == nullptr || owner == &members.front()) continue;
        if (auto const* const theirs = owner->definitions.find(host))
            of_last_owners_.insert_or_assign(host, *theirs);
    }
}

void node::publish() {
    group_->publish(own_definitions(configuration_));
}

bool node::uses(stack::address const& dvipa) const {
    return !held_ports_.in_use(dvipa).empty() || core_.udp().uses(dvipa);
}

bool node::has_moving() const {
    return std::any_of(settings_->dvipas.begin(), settings_->dvipas.end(),
                       [](auto const& each) { return each.part == role::moving; });
}

void node::ownership_changed() {
    note_owners();
    publish();
    reconfigure();
    auto const& owned = group_->members().front().owned;
    std::vector<owner_waiter> ready;
    std::erase_if(owner_waiters_, [&](owner_waiter& each) {
        if (!owned.contains(each.dvipa)) return false;
        ready.push_back(std::move(each));
        return true;
    });
    for (auto const& each : ready)
        each.then();
}

/// `then` in any case: after a second without it.
void node::when_owned(stack::address const& dvipa, std::function<void()> then) {
    if (group_->members().front().owned.contains(dvipa)) return then();
    auto const patience = std::make_shared<boost::asio::steady_timer>(io_, owner_patience);
    patience->async_wait([this, timer = patience.get()](boost::system::error_code error) {
        auto const late =
            std::find_if(owner_waiters_.begin(), owner_waiters_.end(),
                         [&](auto const& each) { return each.patience.get() == timer; });
        if (error || late == owner_waiters_.end()) return;
        auto const waiter = std::move(*late);
        owner_waiters_.erase(late);
        waiter.then();
    });
    owner_waiters_.push_back({dvipa, std::move(then), patience});
}

bool node::is_awaited(stack::address const& dvipa) const {
    return std::any_of(owner_waiters_.begin(), owner_waiters_.end(),
                       [&](auto const& each) { return each.dvipa == dvipa; });
}

void node::tell_all(stack::address const& dvipa, std::function<void()> told) {
    for (auto* const each : loops_)
        each->run([&](shard_loop& loop) {
            loop.core().announce_dvipa(dvipa);
            loop.touch();
        });
    // Behind what the further shards have said.
    boost::asio::post(io_, std::move(told));
}

void node::when_dvipas_settled(std::function<void(std::vector<std::string>)> done) {
    ownership_.when_idle([this, done = std::move(done)] { done(std::exchange(problems_, {})); });
}

void node::watch_uses() {
    bool const waits = std::any_of(group_->members().front().definitions.dvipas.begin(),
                                   group_->members().front().definitions.dvipas.end(),
                                   [](auto const& each) { return !each.immediate; });
    if (watching_uses_ || (made_in_range_.empty() && !has_moving() && !waits)) return;
    watching_uses_ = true;
    use_watch_.expires_after(watch_interval);
    use_watch_.async_wait([this](boost::system::error_code error) {
        watching_uses_ = false;
        if (error) return;
        drop_unused();
        bool const over = std::any_of(
            settings_->dvipas.begin(), settings_->dvipas.end(),
            [this](auto const& each) { return each.part == role::moving && !uses(each.host); });
        if (over) reconfigure();
        ownership_.review();
        watch_uses();
    });
}

}  // namespace tcpplexd
