#include "cf/connector.hpp"

#include "cf/group/recovery.hpp"
#include "cf/refusal.hpp"
#include "cf/step/allocate.hpp"
#include "cf/step/claim.hpp"
#include "cf/step/recover.hpp"
#include "cf/step/release.hpp"
#include "cf/step/serve.hpp"
#include "cf/step/uses.hpp"

#include <array>

namespace cf {

namespace {

// Dead members are recovered before the joiner takes a place: theirs may be the only free one, or
// its own name.
void recover_the_dead(backend& facility) {
    for (auto const& other : facility.members()) {
        if (facility.alive(other)) continue;
        // If it fails, it is reported as failed after the join and tried again.
        (void)recover_member(facility, other, patience::wait);
    }
}

}  // namespace

result<std::unique_ptr<connector>> connector::join(std::unique_ptr<backend> facility,
                                                   member_description const& who,
                                                   std::uint64_t seed) {
    recover_the_dead(*facility);
    auto joined = facility->join(who);
    if (!joined) return joined.error();
    return std::unique_ptr<connector>(new connector(std::move(facility), std::move(*joined), seed));
}

connector::connector(std::unique_ptr<backend> facility, member self, std::uint64_t seed)
    : facility_(std::move(facility)), self_(std::move(self)), random_state_(seed) {}

connector::~connector() {
    (void)leave();
}

result<> connector::leave() {
    if (left_) return {};
    want const wanted{.step = "leave", .how = patience::wait};
    for (auto const& address : facility_->dvipas()) {
        auto ended = facility_->update(address, wanted, [&](view& structures) {
            step::recover(structures, self_.slot, self_.incarnation);
        });
        // With ports left the slot must not be given up: the process's end makes them recoverable.
        if (!ended) return ended.error();
    }
    facility_->leave();
    left_ = true;
    return {};
}

// SplitMix64 (Steele, Lea, Flood 2014): one atomic addition, so that two threads may draw.
std::uint64_t connector::random() {
    auto z = random_state_.fetch_add(0x9e3779b97f4a7c15U, std::memory_order_relaxed);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

result<std::uint16_t> connector::allocate(dvipa const& from, destination const&,
                                          port_words const& excluded, patience how) {
    step::outcome<std::uint16_t> port = error::not_shared;
    auto chance = random();  // drawn once: a revise function that runs again does the same again
    auto updated = facility_->update(from, {.step = "allocate", .how = how}, [&](view& structures) {
        port = step::allocate(structures, self_.slot, excluded, chance);
    });
    if (!updated) return updated.error();
    if (!port) return refusal(port.error(), from);
    return *port;
}

result<> connector::claim(dvipa const& from, std::uint16_t port, patience how) {
    if (port == 0)
        return failure{error::unavailable, "port 0 cannot be claimed: allocate a port instead", {}};
    step::outcome<> claimed = error::not_shared;
    auto users = port_users{};
    auto updated = facility_->update(from, {.step = "bind", .how = how}, [&](view& structures) {
        claimed = step::claim(structures, self_.slot, port);
        if (!claimed && claimed.error() == error::in_use) users = users_of(structures, port);
    });
    if (!updated) return updated.error();
    if (!claimed) return refusal(claimed.error(), from, port, users, facility_->members());
    return {};
}

result<> connector::release(dvipa const& from, std::uint16_t port, patience how) {
    bool switched_off = false;
    auto updated = facility_->update(from, {.step = "release", .how = how}, [&](view& structures) {
        switched_off = step::release(structures, self_.slot, port);
    });
    if (!updated) return updated.error();
    if (switched_off) facility_->note_change();
    return {};
}

result<> connector::release(dvipa const& from, std::vector<std::uint16_t> const& ports,
                            patience how) {
    bool switched_off = false;
    auto updated = facility_->update(from, {.step = "release", .how = how}, [&](view& structures) {
        for (auto port : ports)
            switched_off |= step::release(structures, self_.slot, port);
    });
    if (!updated) return updated.error();
    if (switched_off) facility_->note_change();
    return {};
}

result<> connector::serve(dvipa const& on, std::uint16_t port, patience how) {
    step::outcome<> served = error::not_shared;
    auto users = port_users{};
    auto updated = facility_->update(on, {.step = "listen", .how = how}, [&](view& structures) {
        served = step::serve(structures, self_.slot, port);
        if (!served && served.error() == error::in_use) users = users_of(structures, port);
    });
    if (!updated) return updated.error();
    if (!served) return refusal(served.error(), on, port, users, facility_->members());
    return {};
}

result<> connector::unserve(dvipa const& on, std::uint16_t port, patience how) {
    auto updated = facility_->update(on, {.step = "end listen", .how = how}, [&](view& structures) {
        step::unserve(structures, self_.slot, port);
    });
    if (!updated) return updated.error();
    return {};
}

port_holder connector::who_holds(dvipa const& of, std::uint16_t port) const {
    return facility_->who_holds(of, port);
}

result<std::vector<std::string>> connector::holders(dvipa const& of, std::uint16_t port) {
    auto users = port_users{};
    auto updated = facility_->update(of, {.step = "display", .how = patience::wait, .look = true},
                                     [&](view& structures) { users = users_of(structures, port); });
    if (!updated) return updated.error();
    return names_of(users.held | users.served, facility_->members());
}

std::vector<dvipa> connector::dvipas() const {
    return facility_->dvipas();
}

std::vector<member> connector::members() const {
    return facility_->members();
}

std::uint64_t connector::changes() const {
    return facility_->changes();
}

std::vector<group_event> connector::check() {
    return watch_.check(*facility_, self_);
}

std::vector<int> connector::watched() const {
    return watch_.descriptors();
}

result<> connector::recover(member const& failed) {
    return recover_member(*facility_, failed, patience::try_once);
}

}  // namespace cf
