// Updates of more keys than one transaction takes. The DVIPA is marked first: as every transaction
// compares the key with the mark, nobody else reads or writes the structures until it is taken
// away. A mark whose owner has ended is inherited, and the structures repaired, as with a lock that
// a dead process held.
#include "cf/backend/etcd/backend.hpp"
#include "cf/step/repair.hpp"

#include <algorithm>
#include <utility>

namespace cf::etcd {

namespace {

/// Of a stack that recovers others before it joins.
constexpr incarnation_in_slot nobody{0, 0};

}  // namespace

result<> backend::obtain_all(dvipa const& of) {
    transaction all{.reads = {names_.firsts(of),
                              names_.entries(of),
                              names_.links(of),
                              names_.seconds(of),
                              {names_.dvipa(of), {}}}};
    auto found = client_->transact(all);
    if (!found) return failed(of.to_string(), found.error());
    auto of_kind = [&](char kind) {
        std::vector<key_value> some;
        for (auto const& one : found->found)
            if (names_.kind_of(one.key) == kind) some.push_back(one);
        return some;
    };
    copy_.learn(names_.firsts(of), of_kind('f'), found->at);
    copy_.learn(names_.entries(of), of_kind('h'), found->at);
    copy_.learn(names_.links(of), of_kind('k'), found->at);
    copy_.learn(names_.seconds(of), of_kind('s'), found->at);
    copy_.learn(std::vector{key_range{names_.dvipa(of), {}}}, of_kind('d'), found->at);
    fetched_[of] = ~std::uint64_t{0};
    return {};
}

// All keys are of one revision: what only reads needs no transaction to be right.
backend::attempt_result backend::look_at_all(dvipa const& of, revise_ref revise) {
    if (auto obtained = obtain_all(of); !obtained) return obtained.error();
    auto cursor = cursors_[of];
    keyed_view structures(copy_, names_, of, cursor);
    if (structures.record().revising) return again::at_once;
    revise(structures);
    return structures.writes().empty() ? std::optional<again>() : again::at_once;
}

backend::attempt_result backend::revise_alone(dvipa const& of, revise_ref revise,
                                              clock::time_point deadline, guards besides) {
    auto me = self();
    auto known = copy_.find(names_.dvipa(of));
    dvipa_record record;
    if (known.modified != 0 && !decode(known.value, record)) throw damaged{known.key};
    bool inherited = record.revising.has_value();
    record.revising = me ? incarnation_in_slot{me->who.slot, me->who.incarnation} : nobody;
    transaction mark{.compares = {{.key = known.key, .at = known.modified}},
                     .writes = {{known.key, encode(record)}}};
    mark.compares.insert(mark.compares.end(), besides.begin(), besides.end());
    auto marked = commit(std::move(mark), deadline);
    if (!marked) return failed(of.to_string(), marked.error());
    if (!marked->succeeded) return again::at_once;

    if (auto obtained = obtain_all(of); !obtained) return obtained.error();
    if (copy_.find(known.key).modified != marked->at) return again::at_once;
    keyed_view structures(copy_, names_, of, cursors_[of]);
    if (inherited)
        step::repair(structures);
    else
        revise(structures);
    structures.end_revising();
    auto returned = return_all(structures, of, marked->at, deadline);
    if (!returned && !inherited) remember_lost(structures, of, true);
    // Repaired: what was asked for comes now.
    if (returned && !*returned && inherited) return again::at_once;
    return returned;
}

backend::attempt_result backend::return_all(keyed_view const& structures, dvipa const& of,
                                            revision marked_at, clock::time_point deadline) {
    auto writes = structures.writes();
    auto settings = std::move(writes.back());  // without the mark: it is the unlocking
    writes.pop_back();
    compare const marked{.key = settings.key, .at = marked_at};
    auto put = [&](std::vector<write> part) -> result<> {
        auto enough = std::max(deadline, clock::now() + lock_deadline);
        auto done = commit({.compares = {marked}, .writes = std::move(part)}, enough);
        if (!done) return failed(of.to_string(), done.error());
        if (!done->succeeded)
            return failure{error::unavailable,
                           of.to_string() + ": another stack has repaired the structures",
                           {}};
        return {};
    };
    for (std::size_t at = 0; at < writes.size(); at += most_operations) {
        auto end = std::min(writes.size(), at + most_operations);
        using place = std::vector<write>::difference_type;
        auto done = put(
            {writes.begin() + static_cast<place>(at), writes.begin() + static_cast<place>(end)});
        if (!done) return done.error();
    }
    if (auto done = put({std::move(settings)}); !done) return done.error();
    return std::optional<again>();
}

bool backend::has_ended(incarnation_in_slot const& who) const {
    auto all = records();
    return std::none_of(all.begin(), all.end(), [&](member_record const& one) {
        return one.now == member_record::state::active && one.who.slot == who.slot &&
               one.who.incarnation == who.incarnation;
    });
}

backend::attempt_result backend::wait_or_repair(dvipa const& of, dvipa_record const& seen,
                                                clock::time_point deadline) {
    auto me = self();
    bool mine = me && *seen.revising == incarnation_in_slot{me->who.slot, me->who.incarnation};
    if (!mine && !has_ended(*seen.revising)) {
        if (clock::now() + lock_deadline > deadline) {
            for (auto const& one : members())
                if (one.slot == seen.revising->slot)
                    return failure{error::unavailable,
                                   of.to_string() +
                                       ": the structures have been locked for more than 1 s by "
                                       "stack " +
                                       one.who.stack,
                                   {}};
        }
        return again::after_news;
    }
    return revise_alone(of, [](view&) {}, deadline, {});
}

}  // namespace cf::etcd
