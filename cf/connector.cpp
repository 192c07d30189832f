#include "cf/connector.hpp"

#include "cf/group/recovery.hpp"
#include "cf/refusal.hpp"
#include "cf/step/allocate.hpp"
#include "cf/step/claim.hpp"
#include "cf/step/connections.hpp"
#include "cf/step/recover.hpp"
#include "cf/step/release.hpp"
#include "cf/step/serve.hpp"
#include "cf/step/sharing.hpp"
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

result<> connector::start_over() {
    want const wanted{.step = step_kind::leave, .how = patience::wait};
    for (auto const& address : facility_->dvipas()) {
        auto ended = facility_->update(address, wanted, [&](view& structures) {
            step::recover(structures, self_.slot, self_.incarnation);
        });
        if (!ended) return ended.error();
    }
    return {};
}

result<> connector::leave() {
    if (left_) return {};
    // With ports left the slot must not be given up: the process's end makes them recoverable.
    if (auto emptied = start_over(); !emptied) return emptied;
    facility_->leave();
    left_ = true;
    return {};
}

lease_state connector::state() const {
    auto const* mine = own_lease();
    return mine == nullptr ? lease_state::active : mine->state(boot_clock::now());
}

result<> connector::may_take_from(dvipa const& of) const {
    auto now = state();
    if (now == lease_state::active) return {};
    return refused_by_lease(of, now);
}

// SplitMix64 (Steele, Lea, Flood 2014). Two threads may draw the same number at once: no harm in
// it, and a locked addition costs as much as the rest.
std::uint64_t connector::random() {
    auto z = random_state_.load(std::memory_order_relaxed);
    random_state_.store(z + 0x9e3779b97f4a7c15U, std::memory_order_relaxed);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

result<std::uint16_t> connector::allocate(dvipa const& from, destination const& to,
                                          port_words const& excluded, patience how) {
    if (auto may = may_take_from(from); !may) return may.error();
    step::outcome<std::uint16_t> port = error::not_shared;
    auto chance = random();  // drawn once: a revise function that runs again does the same again
    want wanted{.step = step_kind::allocate, .how = how};
    auto updated = facility_->update(from, wanted, [&](view& structures) {
        port = step::allocate(structures, self_.slot, to, excluded, chance);
        if (!port) wanted.refused = port.error();
    });
    if (!updated) return updated.error();
    if (!port) return refusal(port.error(), from);
    return *port;
}

result<> connector::note(dvipa const& of, std::span<connection_note const> notes, patience how) {
    step::outcome<> noted{};
    bool switched_off = false;
    want wanted{.step = step_kind::note, .how = how};
    if (notes.size() == 1) wanted.port = notes.front().entry.port;
    auto updated = facility_->update(of, wanted, [&](view& structures) {
        noted = step::connections::note(structures, self_.slot, notes);
        switched_off = step::finish_draining(structures);
        if (!noted) wanted.refused = noted.error();
    });
    if (!updated) return updated.error();
    if (switched_off) facility_->note_change();
    if (!noted) return refusal(noted.error(), of);
    return {};
}

result<> connector::claim(dvipa const& from, std::uint16_t port, patience how) {
    if (port == 0)
        return failure{error::unavailable, "port 0 cannot be claimed: allocate a port instead", {}};
    if (auto may = may_take_from(from); !may) return may.error();
    step::outcome<> claimed = error::not_shared;
    auto users = port_users{};
    want wanted{.step = step_kind::bind, .how = how, .port = port};
    auto updated = facility_->update(from, wanted, [&](view& structures) {
        claimed = step::claim(structures, self_.slot, port);
        if (claimed) return;
        wanted.refused = claimed.error();
        if (claimed.error() == error::in_use) users = users_of(structures, port);
    });
    if (!updated) return updated.error();
    if (!claimed) return refusal(claimed.error(), from, port, users, facility_->members());
    return {};
}

result<> connector::release(dvipa const& from, std::uint16_t port, patience how) {
    bool switched_off = false;
    want const wanted{.step = step_kind::release, .how = how, .port = port};
    auto updated = facility_->update(from, wanted, [&](view& structures) {
        switched_off = step::release(structures, self_.slot, port);
    });
    if (!updated) return updated.error();
    if (switched_off) facility_->note_change();
    return {};
}

result<> connector::release(dvipa const& from, std::vector<std::uint16_t> const& ports,
                            patience how) {
    bool switched_off = false;
    auto updated =
        facility_->update(from, {.step = step_kind::release, .how = how}, [&](view& structures) {
            for (auto port : ports)
                switched_off |= step::release(structures, self_.slot, port);
        });
    if (!updated) return updated.error();
    if (switched_off) facility_->note_change();
    return {};
}

result<> connector::serve(dvipa const& on, std::uint16_t port, patience how) {
    if (auto may = may_take_from(on); !may) return may.error();
    step::outcome<> served = error::not_shared;
    auto users = port_users{};
    want wanted{.step = step_kind::listen, .how = how, .port = port};
    auto updated = facility_->update(on, wanted, [&](view& structures) {
        served = step::serve(structures, self_.slot, port);
        if (served) return;
        wanted.refused = served.error();
        if (served.error() == error::in_use) users = users_of(structures, port);
    });
    if (!updated) return updated.error();
    if (!served) return refusal(served.error(), on, port, users, facility_->members());
    return {};
}

result<> connector::unserve(dvipa const& on, std::uint16_t port, patience how) {
    want const wanted{.step = step_kind::end_listen, .how = how, .port = port};
    auto updated = facility_->update(
        on, wanted, [&](view& structures) { step::unserve(structures, self_.slot, port); });
    if (!updated) return updated.error();
    return {};
}

port_holder connector::who_holds(dvipa const& of, std::uint16_t port, destination const& to) const {
    return facility_->who_holds(of, port, to);
}

result<std::vector<std::string>> connector::holders(dvipa const& of, std::uint16_t port) {
    auto users = port_users{};
    auto updated =
        facility_->update(of, {.step = step_kind::display, .how = patience::wait, .look = true},
                          [&](view& structures) { users = users_of(structures, port); });
    if (!updated) return updated.error();
    return names_of(users.held | users.served, facility_->members());
}

std::vector<dvipa> connector::dvipas() const {
    return facility_->dvipas();
}

std::vector<trace::record> connector::trace(dvipa const& of, std::size_t most) const {
    return facility_->trace(of, most);
}

std::optional<structure_status> connector::status(dvipa const& of) const {
    return facility_->status(of);
}

bool connector::alive(member const& who) const {
    return facility_->alive(who);
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
