// The group of a facility inside one process.
#include "cf/backend/memory/facility.hpp"

namespace cf::memory {

result<member> backend::join(member_description const& who) {
    std::lock_guard guard(shared_->mutex_);
    if (self_) return failure{error::unavailable, "this connection has joined already"};
    for (auto const& other : shared_->slots_)
        if (other.who && other.who->who.stack == who.stack)
            return failure{error::unavailable,
                           "a stack named " + who.stack + " is in the group already"};
    for (std::uint16_t index = 0; index < slot_count; ++index) {
        auto& place = shared_->slots_[index];
        if (place.who) continue;
        place.who = member{who, index, ++shared_->incarnations_};
        place.alive = true;
        place.recovering_by.reset();
        ++shared_->changes_;
        self_ = place.who;
        return *self_;
    }
    return failure{error::unavailable, "the group is full: it has 64 stacks"};
}

void backend::leave() {
    std::lock_guard guard(shared_->mutex_);
    auto* place = self_ ? shared_->current(*self_) : nullptr;
    if (place == nullptr || !place->alive) return;
    place->ended_incarnation = self_->incarnation;
    place->how = ending::left;
    place->who.reset();
    ++shared_->changes_;
    self_.reset();
}

std::vector<member> backend::members() const {
    std::lock_guard guard(shared_->mutex_);
    std::vector<member> all;
    for (auto const& place : shared_->slots_)
        if (place.who) all.push_back(*place.who);
    return all;
}

bool backend::alive(member const& who) const {
    std::lock_guard guard(shared_->mutex_);
    auto* place = shared_->current(who);
    return place != nullptr && place->alive;
}

std::optional<ending> backend::ended(member const& who) const {
    std::lock_guard guard(shared_->mutex_);
    if (who.slot >= slot_count || shared_->slots_[who.slot].ended_incarnation != who.incarnation)
        return std::nullopt;
    return shared_->slots_[who.slot].how;
}

result<bool> backend::begin_recovery(member const& failed, patience) {
    std::lock_guard guard(shared_->mutex_);
    auto* place = shared_->current(failed);
    if (place == nullptr) return false;
    if (place->alive)
        return failure{error::unavailable,
                       "stack " + failed.who.stack + " is alive and keeps its ports"};
    // The right of a recoverer that died itself is void.
    bool other = place->recovering_by && shared_->current(*place->recovering_by) != nullptr &&
                 shared_->current(*place->recovering_by)->alive;
    if (other) return failure{error::busy, "another stack is recovering " + failed.who.stack};
    place->recovering_by = self_;
    return true;
}

void backend::end_recovery(member const& failed, bool done) {
    std::lock_guard guard(shared_->mutex_);
    auto* place = shared_->current(failed);
    if (place == nullptr) return;
    place->recovering_by.reset();
    if (!done) return;
    place->ended_incarnation = failed.incarnation;
    place->how = ending::recovered;
    place->who.reset();
    ++shared_->changes_;
}

}  // namespace cf::memory
