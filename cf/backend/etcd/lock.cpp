// The lock that is held (locking::held): a queue of leased keys, in the order of their creation.
#include "cf/backend/etcd/backend.hpp"

#include <algorithm>
#include <utility>

namespace cf::etcd {

namespace {

std::string what(want const& want, dvipa const& of) {
    return std::string(name_of(want.step)) + " " + of.to_string();
}

}  // namespace

// The caller is next when all older keys are gone: by their holders' hands, or with their leases.
result<compare> backend::lock(dvipa const& of, want const& want, clock::time_point deadline) {
    auto me = self();
    auto lease = renewer_->lease();
    auto queue = names_.locks(of);
    auto mine = names_.lock(of, me ? me->who.who.stack : std::to_string(lease));
    transaction place{.compares = {{.key = mine}}, .writes = {{mine, std::string(), lease}}};
    auto taken = commit(place, deadline);
    if (!taken) return failed(what(want, of), taken.error());
    if (!taken->succeeded) {  // left by an update whose outcome was unknown
        auto left = copy_.find(mine);
        if (left.modified != 0)
            unlock({.key = mine, .at = left.created, .what = compare::kind::created});
        taken = commit(std::move(place), deadline);
        if (!taken) return failed(what(want, of), taken.error());
    }
    auto older = client_->read(queue);
    if (!older) return failed(what(want, of), older.error());
    copy_.learn(queue, older->found, older->at);
    compare const held{.key = mine, .at = copy_.find(mine).created, .what = compare::kind::created};
    auto until = std::min(deadline, clock::now() + lock_deadline);
    for (;;) {
        auto news = copy_.news();
        auto all = copy_.under(queue);
        auto first = std::min_element(
            all.begin(), all.end(),
            [](auto const& one, auto const& other) { return one.created < other.created; });
        if (held.at == 0 || first == all.end() || first->created > held.at)
            return failure{error::unavailable,
                           what(want, of) + ": this stack's place in the queue is gone",
                           {}};
        if (first->key == mine) return held;
        if (copy_.wait_for_news(news, until)) continue;
        unlock(held);
        return failure{error::unavailable,
                       what(want, of) + ": the structures have been locked for more than 1 s by " +
                           first->key.substr(first->key.rfind('/') + 1),
                       {}};
    }
}

void backend::unlock(compare const& held) {
    // If no answer comes it goes with the lease, or when this stack locks again.
    (void)commit({.compares = {held}, .writes = {{held.key, std::nullopt}}},
                 clock::now() + lock_deadline);
}

}  // namespace cf::etcd
