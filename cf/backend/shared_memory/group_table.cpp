#include "cf/backend/shared_memory/group_table.hpp"

#include "cf/backend/shared_memory/byte_lock.hpp"
#include "cf/trace/clock.hpp"

#include <algorithm>
#include <cstring>

namespace cf::shared_memory {

namespace {

template <std::size_t Size>
bool store(std::array<char, Size>& field, std::string const& text) {
    if (text.size() >= Size) return false;
    field.fill('\0');
    std::copy(text.begin(), text.end(), field.begin());
    return true;
}

// The file is untrusted: a text may lack its end.
template <std::size_t Size>
std::string load(std::array<char, Size> const& field) {
    return {field.data(), ::strnlen(field.data(), Size)};
}

failure group_failure(mapped_file const& file, std::string const& text) {
    return {error::unavailable, "coupling facility file " + file.path() + ": " + text};
}

bool fits(member_description const& who) {
    slot_record const* sizes = nullptr;
    return !who.stack.empty() && who.stack.size() < sizeof sizes->stack &&
           who.system.size() < sizeof sizes->system && who.xcf.size() < sizeof sizes->xcf;
}

}  // namespace

result<member> group_table::join(member_description const& who) {
    if (!fits(who))
        return group_failure(
            file_, "stack '" + who.stack + "' on system '" + who.system +
                       "' cannot join: names have 1 to 15 characters, the XCF path at most 107");
    std::lock_guard guard(mutex_);
    if (joined_) return group_failure(file_, "this connection has joined already");
    if (!lock_byte(file_.descriptor(), table_byte, lock_deadline))
        return group_failure(file_,
                             "another stack has been joining for more than 1 s; if it is stopped, "
                             "continue or end it");
    byte_unlock unlock(file_.descriptor(), table_byte);
    auto joined = take_slot(who);
    if (joined) joined_ = joined->slot;
    return joined;
}

result<member> group_table::take_slot(member_description const& who) {
    for (auto const& other : members())
        if (other.who.stack == who.stack)
            return group_failure(file_, "a stack named " + who.stack +
                                            " is in the group already (system " + other.who.system +
                                            ", pid " + std::to_string(other.who.pid) +
                                            "); end it or use another name");
    auto slot = free_slot();
    if (!slot) return group_failure(file_, "the group is full: it has 64 stacks");

    auto& place = record(*slot);
    store(place.stack, who.stack);
    store(place.system, who.system);
    store(place.xcf, who.xcf);
    place.dynamic_xcf = who.dynamic_xcf.bytes;
    place.pid = static_cast<std::int32_t>(who.pid);
    place.joined = trace::now();
    auto incarnation = file_.contents().incarnations.fetch_add(1) + 1;
    place.incarnation.store(incarnation);
    place.used.store(1, std::memory_order_release);
    file_.contents().changes.fetch_add(1);
    return member{who, *slot, incarnation, place.joined};
}

// A free slot whose life byte could be taken; a member that is just leaving may still have it.
std::optional<std::uint16_t> group_table::free_slot() const {
    for (std::uint16_t slot = 0; slot < slot_count; ++slot)
        if (record(slot).used.load() == 0 && try_lock_byte(file_.descriptor(), life_byte(slot)))
            return slot;
    return std::nullopt;
}

void group_table::leave(member const& self) {
    std::lock_guard guard(mutex_);
    if (joined_ != self.slot) return;
    free(record(self.slot), ending::left);
    joined_.reset();
    unlock_byte(file_.descriptor(), life_byte(self.slot));
}

void group_table::free(slot_record& record, ending how) {
    record.ended_how.store(static_cast<std::uint32_t>(how));
    record.ended_incarnation.store(record.incarnation.load());
    record.used.store(0, std::memory_order_release);
    file_.contents().changes.fetch_add(1);
}

std::optional<member> group_table::in_slot(std::uint16_t slot) const {
    auto const& place = record(slot);
    if (place.used.load(std::memory_order_acquire) != 1) return std::nullopt;
    return member{{.stack = load(place.stack),
                   .system = load(place.system),
                   .xcf = load(place.xcf),
                   .dynamic_xcf = {place.dynamic_xcf},
                   .pid = place.pid},
                  slot,
                  place.incarnation.load(),
                  place.joined};
}

std::vector<member> group_table::members() const {
    std::vector<member> all;
    for (std::uint16_t slot = 0; slot < slot_count; ++slot)
        if (auto found = in_slot(slot)) all.push_back(std::move(*found));
    return all;
}

bool group_table::is_current(member const& who) const {
    return who.slot < slot_count && record(who.slot).used.load() == 1 &&
           record(who.slot).incarnation.load() == who.incarnation;
}

bool group_table::alive(member const& who) const {
    if (!is_current(who)) return false;
    return joined_ == who.slot || byte_locked_elsewhere(file_.descriptor(), life_byte(who.slot));
}

std::optional<ending> group_table::ended(member const& who) const {
    if (who.slot >= slot_count) return std::nullopt;
    auto const& place = record(who.slot);
    if (place.ended_incarnation.load() != who.incarnation) return std::nullopt;
    return place.ended_how.load() == static_cast<std::uint32_t>(ending::left) ? ending::left
                                                                              : ending::recovered;
}

result<bool> group_table::begin_recovery(member const& failed, patience how) {
    if (!is_current(failed)) return false;
    if (alive(failed))
        return group_failure(file_, "stack " + failed.who.stack + " is alive and keeps its ports");
    failure const busy{error::busy, "another stack is recovering " + failed.who.stack};

    std::lock_guard guard(mutex_);
    auto bit = std::uint64_t{1} << failed.slot;
    if ((recovering_ & bit) != 0) return busy;
    auto patience = how == patience::wait ? lock_deadline : std::chrono::milliseconds(0);
    if (!lock_byte(file_.descriptor(), recovery_byte(failed.slot), patience)) return busy;
    if (!is_current(failed)) {  // the other one has done it
        unlock_byte(file_.descriptor(), recovery_byte(failed.slot));
        return false;
    }
    recovering_ |= bit;
    return true;
}

void group_table::end_recovery(member const& failed, bool done) {
    std::lock_guard guard(mutex_);
    if (done && is_current(failed)) free(record(failed.slot), ending::recovered);
    recovering_ &= ~(std::uint64_t{1} << failed.slot);
    unlock_byte(file_.descriptor(), recovery_byte(failed.slot));
}

}  // namespace cf::shared_memory
