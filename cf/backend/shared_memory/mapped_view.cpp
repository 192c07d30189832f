#include "cf/backend/shared_memory/mapped_view.hpp"

#include <atomic>
#include <bit>

namespace cf::shared_memory {

namespace {

// The settings in one word, so that a crash finds the old ones or the new ones.
std::uint64_t pack(dvipa_settings const& settings) {
    return static_cast<std::uint64_t>(settings.state) |
           static_cast<std::uint64_t>(settings.form) << 8U |
           static_cast<std::uint64_t>(settings.grain) << 16U |
           static_cast<std::uint64_t>(settings.generation) << 32U;
}

dvipa_settings unpack(std::uint64_t word, std::uint64_t set_by) {
    return {.state = static_cast<sharing_state>(word & 3U),
            .form = static_cast<structure_form>(word >> 8U & 3U),
            .grain = static_cast<std::uint16_t>(word >> 16U & 0xffffU),
            .generation = static_cast<std::uint32_t>(word >> 32U),
            .set_by_slot = static_cast<std::uint8_t>(set_by % slot_count),
            .set_by_incarnation = static_cast<std::uint32_t>(set_by >> 32U)};
}

}  // namespace

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
    return unpack(first_.settings.load(std::memory_order_relaxed),
                  first_.set_by.load(std::memory_order_relaxed));
}

void mapped_view::set_settings(dvipa_settings const& settings) {
    write(first_.set_by, static_cast<std::uint64_t>(settings.set_by_slot) |
                             static_cast<std::uint64_t>(settings.set_by_incarnation) << 32U);
    write(first_.settings, pack(settings));
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
