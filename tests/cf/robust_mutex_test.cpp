// The robust mutex when a wake-up is lost with the one that was to send or to use it.

#include "cf/backend/shared_memory/robust_mutex.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include <linux/futex.h>

namespace cf::shared_memory {
namespace {

struct a_robust_mutex : ::testing::Test {
    pthread_mutex_t mutex;
    a_robust_mutex() { EXPECT_TRUE(make_robust(mutex)); }
    ~a_robust_mutex() override { ::pthread_mutex_destroy(&mutex); }
    std::atomic_ref<int> word() { return std::atomic_ref(mutex.__data.__lock); }
};

// As after: its holder lets go and wakes A; a third takes it by trylock, which marks no waiters; A
// is killed; the third lets go and wakes nobody. B still sleeps.
TEST_F(a_robust_mutex, is_had_by_a_sleeper_whose_wake_up_was_lost) {
    auto had = lock_outcome::unusable;
    ASSERT_EQ(lock(mutex, patience::try_once), lock_outcome::acquired);
    auto const held = word().load();
    std::thread sleeper([&] {
        had = lock(mutex, patience::wait);
        if (had == lock_outcome::acquired) unlock(mutex);
    });
    while ((static_cast<unsigned>(word().load()) & FUTEX_WAITERS) == 0)
        std::this_thread::yield();
    word().store(held);  // as trylock leaves it
    unlock(mutex);
    sleeper.join();
    EXPECT_EQ(had, lock_outcome::acquired);
}

}  // namespace
}  // namespace cf::shared_memory
