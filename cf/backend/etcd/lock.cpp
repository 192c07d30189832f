// The lock that is held (locking::held): a queue of leased keys, in the order of their creation.
#include "cf/backend/etcd/backend.hpp"

#include <algorithm>
#include <utility>

namespace cf::etcd {

namespace {

std::string what(want const& want, dvipa const& of) {
    return std::string(name_of(want.step)) + " " + of.to_string();
}

failure refused(want const& want, dvipa const& of, std::string const& why) {
    return {error::unavailable, what(want, of) + why, {}};
}

}  // namespace

// The caller is next when all older keys are gone: by their holders' hands, or with their leases.
result<compare> backend::lock(dvipa const& of, want const& want, clock::time_point deadline) {
    if (left_locked_ && !unlock(std::string(*left_locked_)))
        return refused(want, of, ": the coupling facility does not answer");
    auto me = self();
    auto lease = renewer_->lease();
    auto queue = names_.locks(of);
    auto mine = names_.lock(of, me ? me->who.who.stack : std::to_string(lease));
    transaction place{.compares = {{.key = mine}}, .writes = {{mine, std::string(), lease}}};
    auto taken = commit(place, deadline);
    if (taken && !taken->succeeded && unlock(mine))  // of an earlier life of this stack
        taken = commit(std::move(place), deadline);
    left_locked_ = mine;  // until it is known to be held, or given up
    if (!taken) return failed(what(want, of), taken.error());
    auto older = client_->read(queue);
    if (!older) return failed(what(want, of), older.error());
    copy_.learn(queue, older->found, older->at);
    left_locked_.reset();
    compare const held{.key = mine, .at = copy_.find(mine).created, .what = compare::kind::created};
    auto until = std::min(deadline, clock::now() + lock_deadline);
    for (;;) {
        auto news = copy_.news();
        auto all = copy_.under(queue);
        auto first = std::min_element(
            all.begin(), all.end(),
            [](auto const& one, auto const& other) { return one.created < other.created; });
        if (held.at == 0 || first == all.end() || first->created > held.at)
            return refused(want, of, ": this stack's place in the queue is gone");
        if (first->key == mine) return held;
        if (copy_.wait_for_news(news, until)) continue;
        (void)unlock(mine);
        return refused(want, of,
                       ": the structures have been locked for more than 1 s by " +
                           first->key.substr(first->key.rfind('/') + 1));
    }
}

// Without an answer it is tried again later: who waits behind it must not wait for this stack's
// next update.
bool backend::unlock(std::string const& key) {
    auto done = commit({.writes = {{key, std::nullopt}}}, clock::now() + lock_deadline);
    if (done)
        left_locked_.reset();
    else
        left_locked_ = key;
    return done.has_value();
}

void backend::unlock_what_is_left() {
    std::unique_lock guard(update_mutex_, std::try_to_lock);
    if (guard && left_locked_) (void)unlock(std::string(*left_locked_));
}

}  // namespace cf::etcd
