#include "cf/block/pool.hpp"

#include "cf/step/cursor.hpp"

#include <algorithm>
#include <bit>

namespace cf {

std::optional<std::uint16_t> block_pool::take(port_words const& excluded, std::uint64_t random) {
    if (free_count_.load(std::memory_order_relaxed) <= 0) return std::nullopt;
    std::optional<std::uint16_t> taken;
    step::for_each_port_from(
        cursor_.load(std::memory_order_relaxed), excluded,
        [&](std::size_t word) { return free_[word].load(std::memory_order_relaxed); },
        [&](std::uint16_t port) {
            if (!take(port)) return true;  // another thread was faster
            taken = port;
            return false;
        });
    if (taken) cursor_.store(step::advance(*taken, excluded, random), std::memory_order_relaxed);
    return taken;
}

bool block_pool::take(std::uint16_t port) {
    if ((free_[word_of(port)].fetch_and(~bit_of(port)) & bit_of(port)) == 0) return false;
    free_count_.fetch_sub(1, std::memory_order_relaxed);
    return true;
}

bool block_pool::put(std::uint16_t port) {
    auto const word = word_of(port);
    if (!has(port)) return false;
    touched_[word].store(true, std::memory_order_relaxed);
    if ((free_[word].fetch_or(bit_of(port)) & bit_of(port)) != 0) return true;
    free_count_.fetch_add(1, std::memory_order_relaxed);
    // withdraw_all() may have come in between: then whoever clears the bit releases the port.
    return has(port) || !take(port);
}

bool block_pool::is_low() const {
    auto const free = free_count_.load(std::memory_order_relaxed);
    auto const pooled = pooled_count_.load(std::memory_order_relaxed);
    if (free >= low_mark && free * least_free >= pooled) return false;
    return clock::now().time_since_epoch().count() >= dry_until_.load(std::memory_order_relaxed);
}

std::size_t block_pool::blocks_to_fetch(clock::time_point now, std::size_t most) {
    std::lock_guard guard(mutex_);
    bool const soon = now - fetched_ < std::chrono::seconds(1);
    fetched_ = now;
    last_fetch_ = std::clamp<std::size_t>(soon ? last_fetch_ * 2 : 1, 1, most);
    return last_fetch_;
}

void block_pool::found_none(clock::time_point now) {
    dry_until_.store((now + std::chrono::seconds(1)).time_since_epoch().count(),
                     std::memory_order_relaxed);
}

void block_pool::add(block_run const& run, std::uint16_t used) {
    if (run.empty()) return;
    std::lock_guard guard(mutex_);
    for (auto const& [word, ports] : run) {
        auto const free = ports & ~(word_of(used) == word ? bit_of(used) : 0);
        pooled_[word].fetch_or(ports);
        free_[word].fetch_or(free);
        pooled_count_.fetch_add(std::popcount(ports), std::memory_order_relaxed);
        free_count_.fetch_add(std::popcount(free), std::memory_order_relaxed);
    }
    auto const first = run.front().word;
    blocks_[first] = {run.back().word - first + 1, clock::now()};
}

// True if it has been idle for long enough.
bool block_pool::look_at(std::size_t first, block& one, clock::time_point now) {
    bool used = false;
    for (auto word = first; word < first + one.words; ++word) {
        used |= touched_[word].exchange(false, std::memory_order_relaxed);
        used |= free_[word].load() != pooled_[word].load();
    }
    if (used) one.used = now;
    return now - one.used >= idle_time;
}

// All free ports of the word leave the pool, if no other is in use.
bool block_pool::withdraw_word(std::size_t word, block_run& into) {
    auto const pooled = pooled_[word].load();
    auto all = pooled;
    if (!free_[word].compare_exchange_strong(all, 0)) return false;
    free_count_.fetch_sub(std::popcount(pooled), std::memory_order_relaxed);
    disown(word, pooled);
    if (pooled != 0) into.push_back({word, pooled});
    return true;
}

// A port may be taken at this moment: its word stays, as a smaller block.
block_pool::block_place block_pool::withdraw_block(block_place at, block_run& into) {
    auto const [first, one] = *at;
    auto const next = blocks_.erase(at);
    for (auto word = first; word < first + one.words; ++word)
        if (!withdraw_word(word, into)) blocks_[word] = {1, one.used};
    return next;
}

block_run block_pool::withdraw_idle(clock::time_point now) {
    std::lock_guard guard(mutex_);
    block_run gone;
    for (auto at = blocks_.begin(); at != blocks_.end();) {
        auto const [first, one] = *at;
        std::int64_t size = 0;
        for (auto word = first; word < first + one.words; ++word)
            size += std::popcount(pooled_[word].load());
        auto const others = pooled_count_.load() - size;
        bool const enough = (free_count_.load() - size) * least_free >= others;
        bool const idle = look_at(first, at->second, now);
        at = idle && enough ? withdraw_block(at, gone) : std::next(at);
    }
    return gone;
}

block_run block_pool::withdraw_some() {
    std::lock_guard guard(mutex_);
    block_run gone;
    for (auto at = blocks_.begin(); at != blocks_.end();) {
        bool idle = true;
        for (auto word = at->first; word < at->first + at->second.words; ++word)
            idle &= free_[word].load() == pooled_[word].load();
        at = idle ? withdraw_block(at, gone) : std::next(at);
    }
    if (!gone.empty()) return gone;
    auto wanted = (free_count_.load() + 1) / 2;
    for (std::size_t word = 0; word < port_word_count && wanted > 0; ++word) {
        std::uint64_t got = 0;
        for (auto ports = free_[word].load(); ports != 0 && wanted > 0; ports &= ports - 1) {
            auto const port = port_of(word, std::countr_zero(ports));
            if (!take(port)) continue;
            got |= bit_of(port);
            --wanted;
        }
        if (got == 0) continue;
        disown(word, got);
        gone.push_back({word, got});
    }
    return gone;
}

block_run block_pool::withdraw_all() {
    std::lock_guard guard(mutex_);
    block_run gone;
    blocks_.clear();
    for (std::size_t word = 0; word < port_word_count; ++word) {
        auto const pooled = pooled_[word].exchange(0);
        auto const free = free_[word].exchange(0);
        pooled_count_.fetch_sub(std::popcount(pooled), std::memory_order_relaxed);
        free_count_.fetch_sub(std::popcount(free), std::memory_order_relaxed);
        if (free != 0) gone.push_back({word, free});
    }
    return gone;
}

bool block_pool::withdraw(std::uint16_t port) {
    if (!take(port)) return false;
    disown(word_of(port), bit_of(port));
    return true;
}

bool block_pool::forget(std::uint16_t port) {
    bool const was_free = take(port);
    disown(word_of(port), bit_of(port));
    return was_free;
}

// Another thread may disown some of them at the same time: each is counted once.
void block_pool::disown(std::size_t word, std::uint64_t ports) {
    auto const gone = pooled_[word].fetch_and(~ports) & ports;
    pooled_count_.fetch_sub(std::popcount(gone), std::memory_order_relaxed);
}

block_pool::counts block_pool::count() const {
    std::lock_guard guard(mutex_);
    auto const ports = pooled_count_.load(std::memory_order_relaxed);
    auto const free = free_count_.load(std::memory_order_relaxed);
    return {static_cast<std::uint32_t>(blocks_.size()), static_cast<std::uint32_t>(ports),
            static_cast<std::uint32_t>(std::max<std::int64_t>(free, 0))};
}

}  // namespace cf
