#include "cf/backend/shared_memory/mapped_view.hpp"

#include "cf/structure/settings_words.hpp"
#include "cf/trace/clock.hpp"

#include <atomic>

namespace cf::shared_memory {

// The processor keeps the order of stores visible to a survivor of kill -9 (same machine); the
// compiler must too.
template <class Value>
void mapped_view::write(std::atomic<Value>& where, Value value) {
    if (hook_) hook_();
    if (!writing_) {
        writing_ = true;
        first_.writing.store(1, std::memory_order_release);
        std::atomic_signal_fence(std::memory_order_seq_cst);
    }
    where.store(value, std::memory_order_release);
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

void mapped_view::complete(origin const& by) {
    bool tells = writing_ || by.always_told;
    if (!tells) return;
    record(by);
    if (writing_) first_.writing.store(0, std::memory_order_release);
    writing_ = false;
}

void mapped_view::record(origin const& by) {
    auto number = trace::next_number(first_.trace);
    auto version = first_.version.load(std::memory_order_relaxed) + (writing_ ? 1 : 0);
    auto who = trace::has_subject(by.who) ? by.who
                                          : trace::with_subject(by.who, changes_.of_slot_plus_1());
    if (hook_) hook_();
    trace::prepare(first_.trace, number, trace::version_word(version, by.port), trace::now(), who,
                   changes_.first_word(), changes_.held_word(), changes_.served_word(),
                   first_.settings.load(std::memory_order_relaxed));
    if (hook_) hook_();
    trace::publish(first_.trace, number);
    first_.version.store(version, std::memory_order_release);
    if (hook_) hook_();
}

dvipa_settings mapped_view::settings() {
    return from_words({.set_by = first_.set_by.load(std::memory_order_relaxed),
                       .main = first_.settings.load(std::memory_order_relaxed)});
}

void mapped_view::set_settings(dvipa_settings const& settings) {
    auto words = to_words(settings);
    write(first_.set_by, words.set_by);
    write(first_.settings, words.main);
}

std::uint16_t mapped_view::cursor() {
    return static_cast<std::uint16_t>(first_.cursor.load(std::memory_order_relaxed));
}

void mapped_view::set_cursor(std::uint16_t port) {
    first_.cursor.store(port, std::memory_order_relaxed);  // a hint: any value will do
}

std::uint64_t mapped_view::first(std::size_t word) {
    return first_.bits[word].load(std::memory_order_relaxed);
}

void mapped_view::set_first(std::size_t word, std::uint64_t in_use) {
    changes_.first(word, first(word), in_use);
    write(first_.bits[word], in_use);
}

holder_code mapped_view::holder(std::uint16_t port) {
    return first_.holders[port].load(std::memory_order_relaxed);
}

void mapped_view::set_holder(std::uint16_t port, holder_code code) {
    write(first_.holders[port], code);
}

std::uint64_t mapped_view::users() {
    return first_.users.load(std::memory_order_relaxed);
}

bool mapped_view::add_user(std::uint16_t slot) {
    if (!file_.reserve(&second_[slot], sizeof(second_structure))) return false;
    changes_.concerns(slot);
    write(first_.users, users() | std::uint64_t{1} << slot);
    return true;
}

void mapped_view::remove_user(std::uint16_t slot) {
    changes_.concerns(slot);
    write(first_.users, users() & ~(std::uint64_t{1} << slot));
}

std::uint64_t mapped_view::held(std::uint16_t slot, std::size_t word) {
    return second_[slot].held[word].load(std::memory_order_relaxed);
}

void mapped_view::set_held(std::uint16_t slot, std::size_t word, std::uint64_t ports) {
    changes_.held(slot, word, held(slot, word), ports);
    write(second_[slot].held[word], ports);
}

std::uint64_t mapped_view::served(std::uint16_t slot, std::size_t word) {
    return second_[slot].served[word].load(std::memory_order_relaxed);
}

void mapped_view::set_served(std::uint16_t slot, std::size_t word, std::uint64_t ports) {
    changes_.served(slot, word, served(slot, word), ports);
    write(second_[slot].served[word], ports);
}

std::uint32_t mapped_view::backfilled(std::uint16_t slot) {
    return first_.backfilled[slot].load(std::memory_order_relaxed);
}

void mapped_view::set_backfilled(std::uint16_t slot, std::uint32_t generation) {
    changes_.concerns(slot);
    write(first_.backfilled[slot], generation);
}

}  // namespace cf::shared_memory
