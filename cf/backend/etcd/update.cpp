// The one operation, as far as one transaction takes it.
#include "cf/backend/etcd/backend.hpp"
#include "cf/ports.hpp"
#include "cf/step/connections.hpp"
#include "cf/step/release.hpp"
#include "cf/step/serve.hpp"
#include "cf/step/uses.hpp"

#include <algorithm>
#include <utility>

namespace cf::etcd {

namespace {

// For all tries of an update together.
constexpr std::chrono::milliseconds update_deadline{2000};

}  // namespace

result<bool> backend::update(dvipa const& of, want const& want, revise_ref revise) {
    if (want.look) return look(of, want, revise);
    if (want.how == patience::try_once) return failure{error::busy, {}, {}};
    std::lock_guard guard(update_mutex_);
    auto deadline = clock::now() + update_deadline;
    if (auto leased = hold_lease(); !leased) return leased.error();
    if (auto settled = settle(deadline); !settled) return settled.error();
    std::vector<compare> besides;
    if (want.step == step_kind::recover && recovering_) besides.push_back(*recovering_);
    if (how_.lock == locking::transaction)
        return update_locked(of, want, revise, deadline, besides);
    auto held = lock(of, want, deadline);
    if (!held) return held.error();
    besides.push_back(*held);
    auto outcome = update_locked(of, want, revise, deadline, besides);
    (void)unlock(held->key);
    return outcome;
}

// Then the slot may be another stack's.
bool backend::was_recovered_elsewhere() const {
    return recovering_ && copy_.find(recovering_->key).modified != recovering_->at;
}

result<bool> backend::update_locked(dvipa const& of, want const& want, revise_ref revise,
                                    clock::time_point deadline, guards besides) {
    auto what = std::string(name_of(want.step)) + " " + of.to_string();
    try {
        for (;;) {
            if (is_fenced())
                return failure{error::unavailable,
                               what + ": this stack has been declared dead; restart it",
                               {}};
            if (want.step == step_kind::recover && was_recovered_elsewhere())
                return failure{error::busy, what + ": another stack does it", {}};
            if (!want.create && copy_.find(names_.dvipa(of)).modified == 0) {
                auto unknown = confirm_unknown(of);
                if (!unknown) return unknown.error();
                if (*unknown) return false;
            }
            auto news = copy_.news();
            auto tried = attempt(of, revise, deadline, besides);
            if (!tried) return tried.error();
            if (!*tried) return true;
            if (**tried == again::after_news)
                copy_.wait_for_news(news, std::min(deadline, clock::now() + lock_deadline));
            if (clock::now() < deadline) continue;
            return failure{error::unavailable,
                           what + ": other stacks have changed the structures all the time for 2 s",
                           {}};
        }
    } catch (damaged const& bad) {
        return found_damaged(what, bad);
    }
}

failure backend::found_damaged(std::string const& what, damaged const& bad) const {
    return {error::unavailable,
            what + ": the coupling facility's key " + bad.key + " in " + client_->names() +
                " is damaged or of another version. End the stacks of this group and delete it",
            {}};
}

// On the caller's thread, beside updates under way: it has nothing to do with them.
result<bool> backend::look(dvipa const& of, want const& want, revise_ref revise) {
    auto what = std::string(name_of(want.step)) + " " + of.to_string();
    if (copy_.find(names_.dvipa(of)).modified == 0) return false;
    bool fetched = false;  // all of it, within this look
    std::uint16_t no_cursor = 0;
    for (;;) {
        try {
            auto structures = fetched ? keyed_view(copy_, names_, of, no_cursor)
                                      : keyed_view(copy_, names_, of, 0, no_cursor);
            revise(structures);
            return true;
        } catch (not_obtained const&) {
            fetched = true;
        } catch (all_needed const&) {
            fetched = true;
        } catch (damaged const& bad) {
            return found_damaged(what, bad);
        }
        auto range = names_.seconds(of);
        auto all = client_->read(range);
        if (!all) return failed(what, all.error());
        copy_.learn(range, all->found, all->at);
    }
}

result<bool> backend::confirm_unknown(dvipa const& of) {
    transaction look{.reads = {{names_.dvipa(of), {}}}};
    auto found = client_->transact(look);
    if (!found) return failed(of.to_string(), found.error());
    copy_.learn(look.reads, found->found, found->at);
    return found->found.empty();
}

result<> backend::obtain(dvipa const& of, std::uint16_t slot) {
    auto range = names_.seconds(of, slot);
    auto all = client_->read(range);
    if (!all) return failed(of.to_string(), all.error());
    copy_.learn(range, all->found, all->at);
    fetched_[of] |= std::uint64_t{1} << slot;
    return {};
}

backend::attempt_result backend::attempt(dvipa const& of, revise_ref revise,
                                         clock::time_point deadline, guards besides) {
    auto me = self();
    // Stacks begin their search in different places, and so seldom want one word.
    auto& cursor =
        cursors_.try_emplace(of, static_cast<std::uint16_t>(me ? me->who.slot * 1021U : 0U))
            .first->second;
    auto before = cursor;
    keyed_view structures(copy_, names_, of, fetched_[of], cursor);
    if (structures.record().revising) return wait_or_repair(of, structures.record(), deadline);
    try {
        revise(structures);
    } catch (not_obtained const& missing) {
        cursor = before;
        if (auto obtained = obtain(of, missing.slot); !obtained) return obtained.error();
        return again::at_once;
    } catch (all_needed const&) {
        cursor = before;
        return revise_alone(of, revise, deadline, besides);
    }
    auto writes = structures.writes();
    bool large = structures.reads().size() + 3 > most_operations || writes.size() > most_operations;
    if (large) cursor = before;
    if (large && writes.empty()) return look_at_all(of, revise);
    if (large) return revise_alone(of, revise, deadline, besides);
    auto finished = finish(structures, of, deadline, besides);
    if (!finished || *finished) cursor = before;
    return finished;
}

backend::attempt_result backend::finish(keyed_view const& structures, dvipa const& of,
                                        clock::time_point deadline, guards besides) {
    transaction all{.compares = structures.reads(), .writes = structures.writes()};
    all.compares.insert(all.compares.end(), besides.begin(), besides.end());
    auto done = commit(std::move(all), deadline);
    if (done) return done->succeeded ? std::optional<again>() : again::at_once;
    remember_lost(structures, of, false);
    return failed(of.to_string(), done.error());
}

void backend::remember_lost(keyed_view const& structures, dvipa const& of, bool in_parts) {
    auto me = self();
    if (!committer_.unsettled() || !me) return;
    lost_ = {of, structures.added(me->who.slot), structures.added_entries(me->who.slot), in_parts};
}

// Whether a transaction of unknown outcome was done. Of a large update other parts may have been.
call_result<> backend::find_out(clock::time_point deadline) {
    if (!committer_.unsettled()) return {};
    auto done = committer_.settle(deadline);
    if (!done) return done.error();
    if (!*done && lost_ && !lost_->in_parts) lost_.reset();
    fetched_.clear();
    return {};
}

// The caller has been told that nothing came of it: ports it got without knowing are given back.
// What it gave back it gives back again; a back-fill it repeats.
result<> backend::settle(clock::time_point deadline) {
    auto known = find_out(deadline);
    if (!known) return failed("an earlier update", known.error());
    if (!lost_) return {};
    auto me = self()->who.slot;
    auto give_back = [&](view& structures) {
        for (auto const& entry : lost_->entries)
            step::connections::remove(structures, me, entry);
        for (auto const& [word, ports] : lost_->taken) {
            step::for_each_bit(ports.held,
                               [&](int bit) { step::release(structures, me, port_of(word, bit)); });
            step::for_each_bit(ports.served,
                               [&](int bit) { step::unserve(structures, me, port_of(word, bit)); });
        }
    };
    want const wanted{.step = step_kind::release, .how = patience::wait};
    auto given = update_locked(lost_->of, wanted, give_back, deadline, {});
    if (!given) return given.error();
    lost_.reset();
    return {};
}

}  // namespace cf::etcd
