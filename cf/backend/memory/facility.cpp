#include "cf/backend/memory/facility.hpp"

#include "cf/ports.hpp"
#include "cf/step/repair.hpp"
#include "cf/trace/changes.hpp"
#include "cf/trace/clock.hpp"
#include "cf/trace/ring.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace cf::memory {

namespace {

void note(trace::changes& changes, store_write const& write, std::uint64_t before) {
    auto word = static_cast<std::size_t>(write.key.index);
    switch (write.key.kind) {
        case key_kind::first:
            return changes.first(word, before, write.value);
        case key_kind::held:
            return changes.held(write.key.slot, word, before, write.value);
        case key_kind::served:
            return changes.served(write.key.slot, word, before, write.value);
        case key_kind::backfilled:
            return changes.concerns(write.key.slot);
        default:
            return;
    }
}

}  // namespace

facility::slot* facility::current(member const& who) {
    if (who.slot >= slot_count) return nullptr;
    auto& place = slots_[who.slot];
    return place.who && place.who->incarnation == who.incarnation ? &place : nullptr;
}

void facility::kill(member const& who) {
    std::lock_guard guard(mutex_);
    if (auto* place = current(who)) place->alive = false;
}

result<bool> backend::update(dvipa const& of, want const& want, revise_ref revise) {
    std::lock_guard guard(shared_->mutex_);
    if (is_fenced()) return failure{error::unavailable, "this stack has been declared dead"};
    auto known = shared_->dvipas_.find(of);
    if (known == shared_->dvipas_.end() && !want.create) return false;
    if (shared_->faults_->locked(of)) {
        if (want.how == patience::try_once) return failure{error::busy, {}};
        return failure{error::unavailable,
                       of.to_string() + ": the structures have been locked for more than 1 s"};
    }
    auto& structures = shared_->dvipas_[of];
    if (structures.half_done) repair(structures);
    recording_view once(structures.contents);
    recording_view again(structures.contents);
    revise(once);
    revise(again);
    if (once.writes() != again.writes())
        throw std::logic_error(std::string(name_of(want.step)) +
                               " is not a pure function of the view");
    auto entry = entry_of(want.step);
    entry.port = want.port;
    entry.refused = want.refused;
    apply(structures, again.writes(), entry);
    return true;
}

void backend::repair(facility::structures& structures) {
    recording_view repaired(structures.contents);
    step::repair(repaired);
    auto entry = entry_of(step_kind::repair);
    entry.of_slot = structures.half_done_by;
    apply(structures, repaired.writes(), entry);
}

trace::record backend::entry_of(step_kind step) const {
    return {.when = trace::now(),
            .slot = self_ ? static_cast<std::uint8_t>(self_->slot) : trace::no_slot,
            .incarnation = self_ ? self_->incarnation : 0,
            .what = step};
}

// A dead incarnation may not write any more, even if its object is still there.
bool backend::is_fenced() const {
    if (!self_) return false;
    auto* place = shared_->current(*self_);
    return place == nullptr || !place->alive;
}

void backend::apply(facility::structures& structures, std::vector<store_write> const& writes,
                    trace::record entry) {
    trace::changes changes;
    std::string const step = name_of(entry.what);
    bool wrote = structures.half_done;  // what a dead stack wrote is part of its repair
    for (auto const& write : writes) {
        auto name = std::string(name_of(write.key.kind));
        note(changes, write, structures.contents.read(write.key));
        wrote = structures.half_done = true;
        structures.half_done_by = entry.what == step_kind::repair ? entry.of_slot : entry.slot;
        shared_->faults_->reach(step + ": before " + name);
        structures.contents.apply(write);
        shared_->faults_->reach(step + ": after " + name);
    }
    structures.half_done = false;
    if (!wrote && !entry.refused) return;
    structures.version += wrote ? 1 : 0;
    entry.number = ++structures.traced;
    entry.version = structures.version;
    entry.settings = recording_view(structures.contents).settings();
    auto of_slot = changes.of_slot_plus_1();
    if (entry.of_slot == trace::no_slot && of_slot != 0)
        entry.of_slot =
            of_slot <= slot_count ? static_cast<std::uint8_t>(of_slot - 1) : trace::several_slots;
    entry.first = trace::flips_of(changes.first_word());
    entry.held = trace::flips_of(changes.held_word());
    entry.served = trace::flips_of(changes.served_word());
    structures.records.push_back(entry);
    if (structures.records.size() > trace::ring_size) structures.records.pop_front();
}

std::vector<trace::record> backend::trace(dvipa const& of, std::size_t most) const {
    std::lock_guard guard(shared_->mutex_);
    auto known = shared_->dvipas_.find(of);
    if (known == shared_->dvipas_.end()) return {};
    auto const& all = known->second.records;
    return {all.end() - static_cast<std::ptrdiff_t>(std::min(most, all.size())), all.end()};
}

std::optional<structure_status> backend::status(dvipa const& of) const {
    std::lock_guard guard(shared_->mutex_);
    auto known = shared_->dvipas_.find(of);
    if (known == shared_->dvipas_.end()) return std::nullopt;
    return structure_status{.version = known->second.version};
}

port_holder backend::who_holds(dvipa const& of, std::uint16_t port, destination const& to) const {
    using kind = port_holder::kind;
    std::lock_guard guard(shared_->mutex_);
    auto known = shared_->dvipas_.find(of);
    if (known == shared_->dvipas_.end()) return {};
    recording_view structures(known->second.contents);
    if ((structures.first(word_of(port)) & bit_of(port)) == 0) return {};
    if (structures.settings().form == structure_form::hashtable && to != destination{})
        return who_has(structures, {port, to});
    auto code = structures.holder(port);
    if (code == held_as_service) return {.what = kind::service};
    return only_holder(code);
}

port_holder backend::who_has(recording_view& structures, table_entry const& entry) const {
    for (auto const& asked : {entry, table_entry{entry.port, {}}}) {
        auto const owners = structures.value(asked).owners;
        if (owners == 0) continue;
        if (!std::has_single_bit(owners)) return {.what = port_holder::kind::several};
        return only_holder(static_cast<holder_code>(std::countr_zero(owners)));
    }
    return {};
}

port_holder backend::only_holder(holder_code code) const {
    if (code >= slot_count || !shared_->slots_[code].who)
        return {.what = port_holder::kind::several};
    return {.what = port_holder::kind::one,
            .slot = code,
            .incarnation = shared_->slots_[code].who->incarnation};
}

dvipa_owner backend::owner(dvipa const& of) const {
    std::lock_guard guard(shared_->mutex_);
    auto known = shared_->dvipas_.find(of);
    if (known == shared_->dvipas_.end()) return {};
    return recording_view(known->second.contents).owner();
}

std::vector<dvipa> backend::dvipas() const {
    std::lock_guard guard(shared_->mutex_);
    std::vector<dvipa> all;
    for (auto const& [address, structures] : shared_->dvipas_)
        all.push_back(address);
    return all;
}

std::uint64_t backend::changes() const {
    std::lock_guard guard(shared_->mutex_);
    return shared_->changes_;
}

void backend::note_change() {
    std::lock_guard guard(shared_->mutex_);
    ++shared_->changes_;
}

}  // namespace cf::memory
