#include "cf/backend/memory/facility.hpp"

#include "cf/ports.hpp"
#include "cf/step/repair.hpp"

#include <bit>
#include <stdexcept>

namespace cf::memory {

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
    if (structures.half_done) {
        recording_view repaired(structures.contents);
        step::repair(repaired);
        apply(structures, repaired.writes(), "repair");
        structures.half_done = false;
    }
    recording_view once(structures.contents);
    recording_view again(structures.contents);
    revise(once);
    revise(again);
    if (once.writes() != again.writes())
        throw std::logic_error(std::string(want.step) + " is not a pure function of the view");
    apply(structures, again.writes(), want.step);
    return true;
}

// A dead incarnation may not write any more, even if its object is still there.
bool backend::is_fenced() const {
    if (!self_) return false;
    auto* place = shared_->current(*self_);
    return place == nullptr || !place->alive;
}

void backend::apply(facility::structures& structures, std::vector<store_write> const& writes,
                    char const* step) {
    for (auto const& write : writes) {
        auto name = std::string(name_of(write.key.kind));
        structures.half_done = true;
        shared_->faults_->reach(std::string(step) + ": before " + name);
        structures.contents.apply(write);
        shared_->faults_->reach(std::string(step) + ": after " + name);
    }
    structures.half_done = false;
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
