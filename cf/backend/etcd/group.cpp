// The group of stacks on etcd.
#include "cf/backend/etcd/backend.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace cf::etcd {

namespace {

using state = member_record::state;
constexpr std::chrono::seconds joining_patience{5};

failure refused(std::string text) {
    return {error::unavailable, std::move(text), {}};
}

bool is_in_group(member_record const& one) {
    return one.now == state::active || one.now == state::fenced;
}

// The name is part of keys, and is shown.
bool is_possible(member_description const& who) {
    auto plain = [](std::string const& text) {
        return std::all_of(text.begin(), text.end(),
                           [](char c) { return c > ' ' && c <= '~' && c != '/'; });
    };
    return !who.stack.empty() && who.stack.size() <= 15 && plain(who.stack) &&
           who.system.size() <= 15 && who.xcf.size() <= 107;
}

}  // namespace

// Before the first transaction: its number is a key under the lease.
result<> backend::hold_lease() {
    std::lock_guard guard(lease_mutex_);
    if (renewer_) return {};
    auto started = renewer::start(*client_, how_.lease, how_.keep_alive,
                                  {.lost = [this](lease_id next) { return regain(next); },
                                   .turn =
                                       [this] {
                                           follower_.check_life();
                                           unlock_what_is_left();
                                       }},
                                  lease_);
    if (!started) return failed("lease", started.error());
    renewer_ = std::move(*started);
    return {};
}

// etcd may end a lease early (etcd#15247). Nobody frees this stack's ports before the time of grace
// is over, so it can take its place again, unless it has been fenced.
bool backend::regain(lease_id lease) {
    auto me = self();
    if (!me) return true;
    incarnation_in_slot const place{me->who.slot, me->who.incarnation};
    transaction rejoin{
        .compares = {{.key = names_.member(me->who.who.stack), .at = me->at}},
        .writes = {{names_.life(me->who.who.stack), encode(place), lease}},
    };
    auto done = client_->transact(rejoin);
    if (done && !done->succeeded) lease_.lose();
    return done.has_value();
}

std::vector<member_record> backend::records() const {
    std::vector<member_record> all;
    for (auto const& one : copy_.under(names_.members())) {
        member_record record;
        if (decode(one.value, record)) all.push_back(std::move(record));
    }
    return all;
}

std::optional<member_record> backend::record_of(std::string const& stack) const {
    member_record record;
    auto found = copy_.find(names_.member(stack));
    if (found.modified == 0 || !decode(found.value, record)) return std::nullopt;
    return record;
}

std::vector<member> backend::members() const {
    std::vector<member> all;
    for (auto& one : records())
        if (is_in_group(one)) all.push_back(std::move(one.who));
    std::sort(all.begin(), all.end(),
              [](member const& one, member const& other) { return one.slot < other.slot; });
    return all;
}

result<member> backend::join(member_description const& who) {
    if (!is_possible(who))
        return refused("stack " + who.stack +
                       " cannot join: a name has 1-15 printable characters, the XCF path at most "
                       "107");
    if (self()) return refused("this connection has joined already");
    if (auto leased = hold_lease(); !leased) return leased.error();
    std::lock_guard guard(update_mutex_);
    auto deadline = clock::now() + joining_patience;
    for (;;) {
        auto joined = try_join(who, deadline);
        if (!joined) return joined.error();
        if (*joined) return std::move(**joined);
        if (clock::now() >= deadline)
            return refused("stack " + who.stack + " could not join the group within 5 s");
    }
}

// The places of the group at one revision, as a joiner named `stack` sees them.
result<backend::places> backend::read_places(std::string const& stack) {
    auto found = client_->transact(
        {.reads = {names_.members(), {names_.incarnations(), {}}, {names_.secret(), {}}}});
    if (!found) return failed("join", found.error());
    places all;
    auto const own = names_.member(stack);
    for (auto const& one : found->found) {
        if (one.key == names_.secret()) {
            if (!decode(one.value, all.secret.emplace())) return found_damaged("join", {one.key});
            continue;
        }
        bool counter = one.key == names_.incarnations();
        member_record record;
        if (counter ? !decode(one.value, all.last_incarnation) : !decode(one.value, record))
            return found_damaged("join", {one.key});
        if (counter) {
            all.counted = one.modified;
            continue;
        }
        if (one.key == own) all.own = one.modified;
        if (is_in_group(record) && one.key == own)
            return refused("a stack named " + stack +
                           " is in the group already. If it has just ended, start it again when "
                           "its lease of " +
                           std::to_string(how_.lease.count()) + " s is over");
        if (is_in_group(record))
            all.taken |= std::uint64_t{1} << record.who.slot;
        else if (one.key != own)
            all.ended[record.who.slot] = one.key;
    }
    return all;
}

// Nothing: another stack joined at the same time.
result<std::optional<member>> backend::try_join(member_description const& who,
                                                clock::time_point deadline) {
    auto seen = read_places(who.stack);
    if (!seen) return seen.error();
    auto slot = static_cast<std::uint16_t>(std::countr_one(seen->taken));
    if (slot == slot_count) return refused("the group is full: it has 64 stacks");

    member const self{who, slot, static_cast<std::uint32_t>(seen->last_incarnation + 1)};
    auto key = names_.member(who.stack);
    auto life = names_.life(who.stack);
    incarnation_in_slot const place{slot, self.incarnation};
    transaction join{.compares = {{.key = names_.incarnations(), .at = seen->counted},
                                  {.key = key, .at = seen->own},
                                  {.key = life}},
                     .writes = {{names_.incarnations(), encode(seen->last_incarnation + 1)},
                                {key, encode(member_record{state::active, self})},
                                {life, encode(place), renewer_->lease()}}};
    if (auto const& ended = seen->ended[slot]; !ended.empty())
        join.writes.push_back({ended, std::nullopt});
    auto const secret = seen->secret ? *seen->secret : make_secret();
    if (!seen->secret) {
        join.compares.push_back({.key = names_.secret()});
        join.writes.push_back({names_.secret(), encode(secret)});
    }
    auto done = commit(std::move(join), deadline);
    if (!done) return failed("join", done.error());
    if (!done->succeeded) return std::optional<member>();
    std::lock_guard guard(self_mutex_);
    self_ = {self, done->at};
    secret_ = secret;
    return std::optional(self);
}

group_secret backend::secret() const {
    std::lock_guard guard(self_mutex_);
    return secret_;
}

void backend::leave() {
    auto me = self();
    if (!me) return;
    std::lock_guard guard(update_mutex_);
    auto const& stack = me->who.who.stack;
    (void)commit({.writes = {{names_.member(stack), encode(member_record{state::left, me->who})},
                             {names_.life(stack), std::nullopt}}},
                 clock::now() + joining_patience);
    {
        std::lock_guard own(self_mutex_);
        self_.reset();
    }
    renewer_->revoke();
}

bool backend::alive(member const& who) const {
    auto record = record_of(who.who.stack);
    if (!record || record->now != state::active || record->who.incarnation != who.incarnation)
        return false;
    auto missing = copy_.missing_life(who.who.stack);
    return !missing || *missing < how_.grace;
}

std::optional<ending> backend::ended(member const& who) const {
    auto record = record_of(who.who.stack);
    if (!record || record->who.incarnation != who.incarnation) return std::nullopt;
    if (record->now == state::left) return ending::left;
    if (record->now == state::recovered) return ending::recovered;
    return std::nullopt;
}

result<> backend::wait_for_grace(member const& failed, patience how) {
    auto const& stack = failed.who.stack;
    for (;;) {
        auto news = copy_.news();
        auto missing = copy_.missing_life(stack);
        if (!missing) return refused("stack " + stack + " is alive and keeps its ports");
        if (*missing >= how_.grace) return {};
        if (how == patience::try_once)
            return failure{error::busy, "stack " + stack + " may still come back", {}};
        copy_.wait_for_news(news, clock::now() + (how_.grace - *missing));
    }
}

result<bool> backend::begin_recovery(member const& failed, patience how) {
    auto const& stack = failed.who.stack;
    if (auto leased = hold_lease(); !leased) return leased.error();
    auto const seen = copy_.find(names_.member(stack));
    member_record record;
    if (seen.modified == 0 || !decode(seen.value, record) ||
        record.who.incarnation != failed.incarnation || !is_in_group(record))
        return false;
    if (auto over = wait_for_grace(failed, how); !over) return over.error();

    failure const changed{error::busy, "stack " + stack + " has changed meanwhile", {}};
    std::lock_guard guard(update_mutex_);
    // Meanwhile another may have recovered it, and its slot be a living stack's.
    auto known = copy_.find(names_.member(stack));
    if (known.modified != seen.modified) return changed;
    auto claim = copy_.find(names_.recovery(stack));
    auto mine = encode(static_cast<std::uint64_t>(renewer_->lease()));
    if (claim.modified != 0 && claim.value != mine)
        return failure{error::busy, "another stack is recovering " + stack, {}};
    transaction take{.compares = {{.key = known.key, .at = known.modified},
                                  {.key = names_.life(stack)},
                                  {.key = claim.key, .at = claim.modified}},
                     .writes = {{claim.key, mine, renewer_->lease()}}};
    auto claimed = commit(std::move(take), clock::now() + lock_deadline);
    if (!claimed) return this->failed("recovery of " + stack, claimed.error());
    if (!claimed->succeeded) return changed;
    compare const claim_held{.key = claim.key, .at = claimed->at};
    // Now the copy knows all of the past: proofs of life it had not seen, all that was written.
    auto const behind = !shows(claimed->at);
    auto const missing = copy_.missing_life(stack);
    if (behind || !missing || *missing < how_.grace) {
        (void)commit({.compares = {claim_held}, .writes = {{claim.key, std::nullopt}}},
                     clock::now() + lock_deadline);
        return behind
                   ? refused("recovery of " + stack + ": the coupling facility's watch is behind")
                   : changed;
    }
    record.now = state::fenced;
    // The epoch changes with the fencing: a stack that only seemed dead cannot write from here on.
    auto fenced = commit({.compares = {{.key = known.key, .at = known.modified},
                                       {.key = names_.life(stack)},
                                       claim_held},
                          .writes = {{known.key, encode(record)}}},
                         clock::now() + lock_deadline);
    if (!fenced) return this->failed("recovery of " + stack, fenced.error());
    if (!fenced->succeeded) return changed;
    recovering_ = compare{.key = known.key, .at = fenced->at};
    if (!shows(fenced->at))  // with all its DVIPAs
        return refused("recovery of " + stack + ": the coupling facility's watch is behind");
    return true;
}

void backend::end_recovery(member const& failed, bool done) {
    std::lock_guard guard(update_mutex_);
    if (!recovering_) return;
    auto const fenced = *std::exchange(recovering_, std::nullopt);
    transaction end{.compares = {fenced},
                    .writes = {{names_.recovery(failed.who.stack), std::nullopt}}};
    if (done) end.writes.push_back({fenced.key, encode(member_record{state::recovered, failed})});
    // Without an answer the claim goes with the lease, and the next one finds nothing left to do.
    (void)commit(std::move(end), clock::now() + lock_deadline);
}

}  // namespace cf::etcd
