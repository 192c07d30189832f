#include "cf/backend/shared_memory/mapped_view.hpp"

#include "cf/structure/settings_words.hpp"

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

void mapped_view::complete() {
    if (!writing_) return;
    if (hook_) hook_();
    first_.writing.store(0, std::memory_order_release);
    writing_ = false;
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
    write(first_.users, users() | std::uint64_t{1} << slot);
    return true;
}

void mapped_view::remove_user(std::uint16_t slot) {
    write(first_.users, users() & ~(std::uint64_t{1} << slot));
}

std::uint64_t mapped_view::held(std::uint16_t slot, std::size_t word) {
    return second_[slot].held[word].load(std::memory_order_relaxed);
}

void mapped_view::set_held(std::uint16_t slot, std::size_t word, std::uint64_t ports) {
    write(second_[slot].held[word], ports);
}

std::uint64_t mapped_view::served(std::uint16_t slot, std::size_t word) {
    return second_[slot].served[word].load(std::memory_order_relaxed);
}

void mapped_view::set_served(std::uint16_t slot, std::size_t word, std::uint64_t ports) {
    write(second_[slot].served[word], ports);
}

std::uint32_t mapped_view::backfilled(std::uint16_t slot) {
    return first_.backfilled[slot].load(std::memory_order_relaxed);
}

void mapped_view::set_backfilled(std::uint16_t slot, std::uint32_t generation) {
    write(first_.backfilled[slot], generation);
}

}  // namespace cf::shared_memory
