#include "cf/group/lease.hpp"

#include <utility>

namespace cf {

char const* name_of(lease_state state) {
    switch (state) {
        case lease_state::active:
            return "active";
        case lease_state::suspended:
            return "suspended";
        case lease_state::fenced:
            return "fenced";
        case lease_state::lost:
            return "lost";
    }
    return "";
}

void lease::renewed(clock::time_point sent) {
    std::lock_guard guard(writing_);
    if (lost_) return;
    deadline_ = (sent + life_ / 5 * 4).time_since_epoch().count();
    missed_ = false;
    tell();
}

void lease::lose() {
    std::lock_guard guard(writing_);
    lost_ = true;
    deadline_ = clock::time_point::min().time_since_epoch().count();
}

lease_state lease::state(clock::time_point now) const {
    if (lost_) return lease_state::lost;
    auto t1 = end();
    if (now >= t1) return lease_state::fenced;
    bool late = now >= t1 - life_ / 10 * 3;
    return missed_ || late ? lease_state::suspended : lease_state::active;
}

lease::clock::time_point lease::end() const {
    return clock::time_point(clock::duration(deadline_.load()));
}

void lease::on_renewal(std::function<void(clock::time_point)> told) {
    std::lock_guard guard(writing_);
    told_ = std::move(told);
    if (end() != clock::time_point::max() && !lost_) tell();
}

void lease::tell() {
    if (told_) told_(end());
}

}  // namespace cf
