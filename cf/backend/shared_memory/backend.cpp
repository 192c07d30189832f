#include "cf/backend/shared_memory/backend.hpp"

#include "cf/backend/shared_memory/byte_lock.hpp"
#include "cf/backend/shared_memory/table.hpp"
#include "cf/step/repair.hpp"
#include "cf/structure/settings_words.hpp"

#include <bit>
#include <utility>

namespace cf::shared_memory {

namespace {

structure_form form_of(first_structure const& structure) {
    return from_words({.main = structure.settings.load(std::memory_order_acquire)}).form;
}

class held_lock {
  public:
    explicit held_lock(first_structure& structure) : structure_(structure) {}
    ~held_lock() {
        structure_.owner.store(0, std::memory_order_relaxed);
        unlock(structure_.lock);
    }
    held_lock(held_lock const&) = delete;
    held_lock& operator=(held_lock const&) = delete;

  private:
    first_structure& structure_;
};

// What a stack left half-done that died, or whose revise function ended by an exception.
[[gnu::cold]] void repair(mapped_view& structures, origin const& by) {
    structures.repair_table();
    step::repair(structures);
    structures.complete(by);
}

// A self mark is the who_word of this stack; first_structure::owner gets its slot plus 1.
constexpr std::uint32_t owner_of(std::uint64_t self) {
    return static_cast<std::uint32_t>(self >> 32U);
}

}  // namespace

result<std::unique_ptr<backend>> backend::open(std::string const& path, options how) {
    auto file = mapped_file::open(path, how.connections);
    if (!file) return file.error();
    return std::unique_ptr<backend>(new backend(std::move(*file), std::move(how.before_write)));
}

backend::backend(mapped_file file, write_hook before_write)
    : file_(std::move(file)), group_(file_), before_write_(std::move(before_write)) {}

backend::~backend() = default;

result<bool> backend::update(dvipa const& of, want const& want, revise_ref revise) {
    auto index = find(file_.contents(), of);
    if (!index && !want.create) return false;
    if (!index) {
        auto created = create(of);
        if (!created) return created.error();
        index = *created;
    }
    auto& structure = file_.contents().first[*index];
    auto outcome = lock(structure.lock, want.how);
    if (outcome != lock_outcome::acquired)
        if (auto obtained = obtain(of, *index, want, outcome); !obtained) return obtained.error();
    auto self = self_mark_.load(std::memory_order_relaxed);
    structure.owner.store(owner_of(self), std::memory_order_relaxed);
    held_lock const held(structure);
    mapped_view structures(file_, tables_, *index, before_write_);
    if (!map_table(*index, structures.settings().form)) return not_mapped(of, want);
    origin by{.who = trace::with_step(self, want.step), .port = want.port};
    try {
        revise(structures);
    } catch (...) {
        repair(structures, by);
        throw;
    }
    if (want.refused) by.who = trace::with_refusal(by.who, *want.refused), by.always_told = true;
    structures.complete(by);
    return true;
}

failure backend::not_mapped(dvipa const& of, want const& want) {
    return {error::unavailable,
            std::string(name_of(want.step)) + " " + of.to_string() +
                ": no address space is left for its table of connections",
            {}};
}

// The lock was not simply free.
result<> backend::obtain(dvipa const& of, std::size_t index, want const& want,
                         lock_outcome outcome) {
    auto& structure = file_.contents().first[index];
    if (outcome == lock_outcome::busy) return failure{error::busy, {}};
    if (outcome == lock_outcome::timed_out) return held_too_long(of, structure, want);
    if (outcome == lock_outcome::unusable)
        if (auto replaced = replace_lock(structure); !replaced) return replaced.error();
    if (map_table(index, form_of(structure))) return inherit(index), result<>();
    // Not marked consistent: the next who takes the lock repairs.
    unlock(structure.lock);
    return not_mapped(of, want);
}

void backend::inherit(std::size_t index) {
    auto& structure = file_.contents().first[index];
    structure.inherited.fetch_add(1, std::memory_order_relaxed);
    if (structure.writing.load() != 0) structure.repaired.fetch_add(1, std::memory_order_relaxed);
    static write_hook const no_hook;
    mapped_view structures(file_, tables_, index, no_hook);
    auto self = self_mark_.load(std::memory_order_relaxed);
    auto dead = structure.owner.load(std::memory_order_relaxed);
    auto who = trace::with_step(self, step_kind::repair);
    if (dead <= slot_count) who = trace::with_subject(who, dead);
    repair(structures, {.who = who, .always_told = true});
    mark_consistent(structure.lock);
}

// A mutex that is not recoverable has no owner; whoever has the table's byte makes it new.
result<> backend::replace_lock(first_structure& structure) {
    failure const stuck{
        error::unavailable,
        "coupling facility file " + file_.path() +
            ": a lock is damaged and cannot be replaced. End all its stacks and remove it"};
    if (!lock_byte(file_.descriptor(), table_byte, lock_deadline)) return stuck;
    byte_unlock unlock(file_.descriptor(), table_byte);
    auto again = lock(structure.lock, patience::wait);
    if (again == lock_outcome::acquired || again == lock_outcome::inherited) return {};
    if (again != lock_outcome::unusable || !make_robust(structure.lock)) return stuck;
    if (lock(structure.lock, patience::try_once) != lock_outcome::acquired) return stuck;
    return {};
}

failure backend::held_too_long(dvipa const& of, first_structure const& structure,
                               want const& want) const {
    auto text = std::string(name_of(want.step)) + " " + of.to_string() +
                ": the structures have been locked for more than 1 s by ";
    auto mark = structure.owner.load();
    auto holder = mark >= 1 && mark <= slot_count
                      ? group_.in_slot(static_cast<std::uint16_t>(mark - 1))
                      : std::nullopt;
    if (holder)
        text += "stack " + holder->who.stack + " (pid " + std::to_string(holder->who.pid) + ")";
    else
        text += "a stack that has not joined yet";
    return {error::unavailable, text + ". If it is stopped, continue or end it", {}};
}

result<std::size_t> backend::create(dvipa const& of) {
    auto refused = [&](char const* why) {
        return failure{error::unavailable, "coupling facility file " + file_.path() + ": " +
                                               of.to_string() + " cannot be shared: " + why};
    };
    std::lock_guard guard(self_mutex_);
    if (!lock_byte(file_.descriptor(), table_byte, lock_deadline))
        return refused(
            "another stack has had the table locked for more than 1 s; if it is stopped, continue "
            "or end it");
    byte_unlock unlock(file_.descriptor(), table_byte);
    auto place = find_place(file_.contents(), of);
    if (!place) return refused("the table of 1024 DVIPAs is full");
    if (place->published) return place->index;

    auto& structure = file_.contents().first[place->index];
    if (!file_.reserve(&structure, sizeof structure))
        return refused("no space is left in its file system");
    if (!make_robust(structure.lock)) return refused("the system has no robust mutexes");
    publish(file_.contents(), place->index, of);
    return place->index;
}

dvipa_owner backend::owner(dvipa const& of) const {
    auto const index = find(file_.contents(), of);
    if (!index) return {};
    return owner_from_word(file_.contents().first[*index].owned_by.load(std::memory_order_acquire));
}

port_holder backend::who_holds(dvipa const& of, std::uint16_t port, destination const& to) const {
    using kind = port_holder::kind;
    auto index = find(file_.contents(), of);
    if (!index) return {};
    auto const& structure = file_.contents().first[*index];
    bool const in_use =
        (structure.bits[word_of(port)].load(std::memory_order_acquire) & bit_of(port)) != 0;
    if (!in_use) return {};
    if (form_of(structure) == structure_form::hashtable && to != destination{})
        return who_has(*index, {port, to});
    auto code = structure.holders[port].load(std::memory_order_acquire);
    if (code == held_as_service) return {.what = kind::service};
    if (code >= slot_count) return {.what = kind::several};
    return only_holder(code);
}

port_holder backend::who_has(std::size_t index, table_entry const& entry) const {
    using kind = port_holder::kind;
    if (!tables_.map(index)) return {.what = kind::several};
    auto const table = tables_.at(index);
    for (auto const& asked : {entry, table_entry{entry.port, {}}}) {
        auto const found = table.find(asked);
        if (!found) return {.what = kind::several};
        if (found->owners == 0) continue;
        if (!std::has_single_bit(found->owners)) return {.what = kind::several};
        return only_holder(static_cast<std::uint16_t>(std::countr_zero(found->owners)));
    }
    return {};
}

port_holder backend::only_holder(std::uint16_t slot) const {
    auto incarnation = file_.contents().slots[slot].incarnation.load(std::memory_order_relaxed);
    return {.what = port_holder::kind::one, .slot = slot, .incarnation = incarnation};
}

std::vector<dvipa> backend::dvipas() const {
    return published(file_.contents());
}

result<member> backend::join(member_description const& who) {
    auto joined = group_.join(who);
    if (!joined) return joined;
    std::lock_guard guard(self_mutex_);
    self_ = *joined;
    self_mark_.store(trace::who_word(joined->slot + 1U, joined->incarnation));
    return joined;
}

void backend::leave() {
    std::lock_guard guard(self_mutex_);
    if (self_) group_.leave(*self_);
    self_.reset();
}

std::vector<trace::record> backend::trace(dvipa const& of, std::size_t most) const {
    auto index = find(file_.contents(), of);
    if (!index) return {};
    return trace::read(file_.contents().first[*index].trace, most);
}

std::optional<structure_status> backend::status(dvipa const& of) const {
    auto index = find(file_.contents(), of);
    if (!index) return std::nullopt;
    auto const& structure = file_.contents().first[*index];
    structure_status result{.version = structure.version.load(),
                            .inherited = structure.inherited.load(),
                            .repaired = structure.repaired.load()};
    auto mark = structure.owner.load();
    if (mark >= 1 && mark <= slot_count) result.locked_by = static_cast<std::uint16_t>(mark - 1);
    return result;
}

lock_history backend::history() const {
    lock_history total;
    for (std::size_t index = 0; index < dvipa_count; ++index) {
        if (file_.contents().keys[index].published.load() != 1) continue;
        total.inherited += file_.contents().first[index].inherited.load();
        total.repaired += file_.contents().first[index].repaired.load();
    }
    return total;
}

}  // namespace cf::shared_memory
