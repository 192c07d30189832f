#include "cf/connector.hpp"

#include "cf/block/fetch.hpp"
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
#include <utility>

namespace cf {

namespace {

// Dead members are recovered before the joiner takes a place: theirs may be the only free one, or
// its own name. Of that one the joiner waits for the proof: no survivor may be there to find it.
void recover_the_dead(backend& facility, std::string const& joiner) {
    for (auto const& other : facility.members()) {
        if (other.who.stack != joiner && facility.alive(other)) continue;
        // If it fails, it is reported as failed after the join and tried again.
        (void)recover_member(facility, other, patience::wait);
    }
}

// Whether it ended the draining.
[[gnu::always_inline]] inline bool end_use(any_view auto& structures, std::uint16_t me,
                                           owed_work::release const& one) {
    if (!one.service) return step::release(structures, me, one.port);
    step::unserve(structures, me, one.port);
    return false;
}

}  // namespace

result<std::unique_ptr<connector>> connector::join(std::unique_ptr<backend> facility,
                                                   member_description const& who,
                                                   std::uint64_t seed) {
    recover_the_dead(*facility, who.stack);
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
    pools_.each([](dvipa const&, block_pool& held) { (void)held.withdraw_all(); });
    for (auto const& address : facility_->dvipas()) {
        (void)owed_.take(address, everything_owed);  // settled by this
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

bool connector::may_use_held() const {
    auto now = state();
    return now == lease_state::active || now == lease_state::suspended;
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

// Whether a release ended the draining.
bool connector::settle(view& structures, owed_work::work const& owed) const {
    bool switched_off = false;
    for (auto const& one : owed.releases)
        switched_off |= end_use(structures, self_.slot, one);
    // A table without space was full for the first try, too, and somebody has been told.
    if (!owed.notes.empty()) (void)step::connections::note(structures, self_.slot, owed.notes);
    return switched_off;
}

template <class Revise>
result<bool> connector::update_inline(dvipa const& of, want const& wanted, Revise revise,
                                      besides const& more) {
    bool switched_off = false;
    std::optional<owed_work::work> owed;  // taken under the lock; revise functions may run again
    auto updated = facility_->update(of, wanted, [&](any_view auto& structures) {
        if (!owed && owed_.any()) owed = owed_.take(of, more.most_owed);
        if (owed) [[unlikely]]
            switched_off |= settle(structures, *owed);
        for (auto const& one : more.releases)
            switched_off |= end_use(structures, self_.slot, one);
        revise(structures);
    });
    if (!updated) {
        if (owed) owed_.put(of, owed->releases, owed->notes);
        owed_.put(of, more.releases, more.notes);
    } else if (!*updated) {  // unknown to the facility: nothing is held there
        (void)owed_.take(of, everything_owed);
    }
    if (updated && switched_off) facility_->note_change();
    return updated;
}

result<std::uint16_t> connector::allocate(dvipa const& from, destination const& to,
                                          port_words const& excluded, patience how) {
    if (auto const held = allocate_held(from, excluded)) return *held;
    if (auto const now = state(); now != lease_state::active) return refused_by_lease(from, now);
    step::outcome<std::uint16_t> port = error::not_shared;
    auto chance = random();  // drawn once: a revise function that runs again does the same again
    block_fetch blocks(pools_, from);
    want wanted{.step = step_kind::allocate, .how = how};
    auto updated =
        update_inline(from, wanted,
                      [&](any_view auto& structures) {
                          port = blocks.fetch(structures, self_.slot, excluded)
                                     ? blocks.pick(chance)
                                     : step::allocate(structures, self_.slot, to, excluded, chance);
                          if (!port) wanted.refused = port.error();
                      },
                      {.releases = {}, .notes = {}, .most_owed = some_owed(group_size)});
    if (!updated) return updated.error();
    if (!port) return refusal(port.error(), from);
    blocks.keep(*port);
    return *port;
}

void connector::allocate(dvipa const& from, std::span<allocation> group) {
    if (!facility_->is_remote()) {
        for (auto& one : group)
            one.port = allocate(from, one.to, *one.excluded, patience::wait);
        return;
    }
    std::vector<allocation*> left;
    auto const take_held = [&](allocation& one) {
        auto const held = allocate_held(from, *one.excluded);
        if (held) one.port = *held;
        return held.has_value();
    };
    for (auto& one : group)
        if (!take_held(one)) left.push_back(&one);
    if (auto may = may_take_from(from); !may) {
        for (auto* one : left)
            one->port = may.error();
        return;
    }
    while (!left.empty()) {
        bool fetched = false;
        auto const chance = random();
        block_fetch blocks(pools_, from);
        want wanted{.step = step_kind::allocate, .how = patience::wait};
        auto updated =
            update(from, wanted,
                   [&](view& structures) {
                       fetched = blocks.fetch(structures, self_.slot, *left.front()->excluded);
                       if (fetched) return;
                       for (std::size_t i = 0; i < left.size(); ++i) {
                           auto const port = step::allocate(structures, self_.slot, left[i]->to,
                                                            *left[i]->excluded, chance + i);
                           if (port)
                               left[i]->port = *port;
                           else
                               left[i]->port = refusal(port.error(), from);
                       }
                   },
                   {.releases = {}, .notes = {}, .most_owed = some_owed(group_size)});
        if (!updated || !*updated) {
            for (auto* one : left)
                one->port = updated ? refusal(error::not_shared, from) : updated.error();
            return;
        }
        blocks.keep(0);
        if (!fetched) return;
        std::erase_if(left, [&](allocation* one) { return take_held(*one); });
    }
}

result<> connector::note(dvipa const& of, std::span<connection_note const> notes, patience how) {
    step::outcome<> noted{};
    bool switched_off = false;
    want wanted{.step = step_kind::note, .how = how};
    if (notes.size() == 1) wanted.port = notes.front().entry.port;
    auto updated = update(of, wanted,
                          [&](view& structures) {
                              noted = step::connections::note(structures, self_.slot, notes);
                              switched_off = step::finish_draining(structures);
                              if (!noted) wanted.refused = noted.error();
                          },
                          {.releases = {}, .notes = notes});
    if (!updated) return updated.error();
    if (switched_off) facility_->note_change();
    if (!noted) return refusal(noted.error(), of);
    return {};
}

result<> connector::claim(dvipa const& from, std::uint16_t port, patience how) {
    if (port == 0)
        return failure{error::unavailable, "port 0 cannot be claimed: allocate a port instead", {}};
    if (may_use_held())
        if (auto* held = pools_.find(from); held != nullptr && held->take(port)) return {};
    if (auto may = may_take_from(from); !may) return may.error();
    step::outcome<> claimed = error::not_shared;
    auto users = port_users{};
    want wanted{.step = step_kind::bind, .how = how, .port = port};
    auto updated = update(from, wanted, [&](view& structures) {
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
    if (auto* held = pools_.find(from); held != nullptr && held->put(port)) return {};
    return give_back(from, {port, false}, step_kind::release, how);
}

result<> connector::release(dvipa const& from, std::vector<std::uint16_t> const& ports,
                            patience how) {
    auto* held = pools_.find(from);
    std::vector<owed_work::release> releases;
    for (auto port : ports)
        if (held == nullptr || !held->put(port)) releases.push_back({port, false});
    return releases.empty() ? result<>() : give_back(from, releases, how);
}

result<> connector::unserve(dvipa const& on, std::uint16_t port, patience how) {
    return give_back(on, {port, true}, step_kind::end_listen, how);
}

void connector::owe(dvipa const& of, std::uint16_t port, bool service) {
    if (auto* held = pools_.find(of); !service && held != nullptr && held->put(port)) return;
    owed_work::release const one{port, service};
    owed_.put(of, {&one, 1}, {});
}

result<> connector::flush(dvipa const& of, patience how) {
    while (owed_.has(of))
        if (auto done = give_back(of, {}, how); !done) return done;
    return {};
}

result<> connector::give_back(dvipa const& of, owed_work::release what, step_kind step,
                              patience how) {
    auto const updated = update_inline(
        of, {.step = step, .how = how, .port = what.port}, [](view&) {},
        {.releases = {&what, 1}, .notes = {}, .most_owed = some_owed(2 * group_size)});
    return updated ? result<>() : updated.error();
}

result<> connector::give_back(dvipa const& of, std::span<owed_work::release const> what,
                              patience how) {
    if (what.size() == 1) return give_back(of, what.front(), step_kind::release, how);
    auto const updated =
        update(of, {.step = step_kind::release, .how = how}, [](view&) {},
               {.releases = what, .notes = {}, .most_owed = some_owed(2 * group_size)});
    return updated ? result<>() : updated.error();
}

result<bool> connector::update(dvipa const& of, want const& wanted, revise_ref revise,
                               besides const& more) {
    return update_inline(of, wanted, revise, more);
}

result<> connector::serve(dvipa const& on, std::uint16_t port, patience how) {
    if (auto may = may_take_from(on); !may) return may.error();
    step::outcome<> served = error::not_shared;
    auto users = port_users{};
    // A service port is nobody's source port: it leaves the pool.
    if (auto* held = pools_.find(on); held != nullptr && held->forget(port)) {
        owed_work::release const one{port, false};
        owed_.put(on, {&one, 1}, {});
    }
    want wanted{.step = step_kind::listen, .how = how, .port = port};
    auto updated = update(on, wanted, [&](view& structures) {
        served = step::serve(structures, self_.slot, port);
        if (served) return;
        wanted.refused = served.error();
        if (served.error() == error::in_use) users = users_of(structures, port);
    });
    if (!updated) return updated.error();
    if (!served) return refusal(served.error(), on, port, users, facility_->members());
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
