// The backend's transactions: each compares this stack's epoch, and the copy learns from each.
#include "cf/backend/etcd/backend.hpp"

#include <utility>

namespace cf::etcd {

std::optional<backend::epoch> backend::self() const {
    std::lock_guard guard(self_mutex_);
    return self_;
}

void backend::add_epoch(transaction& to) const {
    auto me = self();
    if (!me) return;  // it recovers others before it joins
    to.compares.push_back({.key = names_.member(me->who.who.stack), .at = me->at});
}

call_result<answer> backend::commit(transaction what, clock::time_point deadline) {
    if (!what.writes.empty())
        if (auto known = find_out(deadline); !known) return known.error();
    add_epoch(what);
    for (auto const& one : what.compares)
        what.reads_if_refused.push_back({one.key, {}});
    auto done = what.writes.empty() ? client_->transact(what) : committer_.commit(what, deadline);
    if (!done) return done;
    if (done->succeeded) {
        copy_.learn(what.writes, done->at);
        return done;
    }
    copy_.learn(what.reads_if_refused, done->found, done->at);
    if (auto me = self()) {
        auto now = copy_.find(names_.member(me->who.who.stack));
        if (now.modified != me->at) lease_.lose();
    }
    return done;
}

failure backend::failed(std::string const& what, call_failure const& why) const {
    return {error::unavailable, what + ": the coupling facility does not answer: " + why.text, {}};
}

}  // namespace cf::etcd
