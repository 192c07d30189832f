// Writes to structures that others share, one after the other: a crash between any two leaves each
// done or not done.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

namespace cf::shared_memory {

/// Called before each write of an update, for tests that end the process there.
using write_hook = std::function<void()>;

/// The writes of one update. `writing` is 1 from before the first until complete(); set with each,
/// as that costs less than to know whether it is the first.
class stepwise {
  public:
    stepwise(std::atomic<std::uint32_t>& writing, write_hook const& hook)
        : flag_(writing), hook_(hook) {}

    // The processor keeps the order of stores visible to a survivor of kill -9 (same machine); the
    // compiler must too.
    template <class Value>
    void write(std::atomic<Value>& where, Value value) {
        place();
        flag_.store(1, std::memory_order_release);
        where.store(value, std::memory_order_release);
        std::atomic_signal_fence(std::memory_order_seq_cst);
    }

    /// Whether anything has been written that complete() has not ended, by a stack that died
    /// meanwhile for one.
    bool writing() const { return flag_.load(std::memory_order_relaxed) != 0; }
    /// A place between writes of another kind.
    void place() {
        if (hook_) [[unlikely]]
            hook_();
    }
    /// The update is complete: nothing has to be repaired if the process dies now.
    void complete() { flag_.store(0, std::memory_order_release); }

  private:
    std::atomic<std::uint32_t>& flag_;
    write_hook const& hook_;
};

}  // namespace cf::shared_memory
