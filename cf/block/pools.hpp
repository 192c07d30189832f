// The block pools of one stack, by DVIPA.
#pragma once

#include "cf/block/pool.hpp"
#include "cf/dvipa.hpp"

#include <atomic>

namespace cf {

/// Grows only. Found without a lock, from any thread: a walk over the DVIPAs shared in blocks.
class block_pools {
  public:
    block_pools() = default;
    ~block_pools() {
        for (auto* one = newest_.load(); one != nullptr;) {
            auto* const next = one->next;
            delete one;
            one = next;
        }
    }
    block_pools(block_pools const&) = delete;
    block_pools& operator=(block_pools const&) = delete;

    /// Nothing if no block of the DVIPA was ever held.
    block_pool* find(dvipa const& of) const {
        auto* const newest = newest_.load(std::memory_order_acquire);
        return newest == nullptr ? nullptr : find(of, newest);
    }
    block_pool& obtain(dvipa const& of) {
        std::lock_guard guard(growing_);
        if (auto* known = find(of)) return *known;
        auto* const made = new node{of, {}, newest_.load(std::memory_order_relaxed)};
        newest_.store(made, std::memory_order_release);
        return made->pool;
    }
    template <class Visit>
    void each(Visit&& visit) const {
        for (auto* one = newest_.load(std::memory_order_acquire); one != nullptr; one = one->next)
            visit(one->of, one->pool);
    }

  private:
    struct node {
        dvipa of;
        block_pool pool;
        node* next;
    };
    [[gnu::noinline]] static block_pool* find(dvipa const& of, node* one) {
        for (; one != nullptr; one = one->next)
            if (one->of == of) return &one->pool;
        return nullptr;
    }

    std::atomic<node*> newest_ = nullptr;
    std::mutex growing_;
};

}  // namespace cf
